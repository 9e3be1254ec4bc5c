/** The school's code of practice: which version is in force. The one that is shipped is a sample, in our own words (P4.1). */

/** Bound into every recording (P7.2). */
export const CODE_VERSION = 'sample-1';
