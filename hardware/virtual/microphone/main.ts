import { runDevice } from '../program.js';
import type { MicrophoneContract } from './contract.js';
import { openMicrophone } from './microphone.js';

await runDevice<MicrophoneContract>(openMicrophone);
