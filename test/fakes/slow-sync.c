/*
 * fsync(2) and fdatasync(2) that take 5 s longer while the file named by
 * SLOW_SYNC_WHILE is there. Preloaded (ld.so(8)) into a process whose disk is
 * to take its time; strace(1) could do it too, but stops each of its threads
 * at every other call as well, and then the process is slow, not its disk.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

static int late(const char *call, int fd) {
  const char *flag = getenv("SLOW_SYNC_WHILE");
  if (flag != NULL && access(flag, F_OK) == 0) sleep(5);
  int (*real)(int);
  *(void **)&real = dlsym(RTLD_NEXT, call);
  return real(fd);
}

int fsync(int fd) { return late("fsync", fd); }
int fdatasync(int fd) { return late("fdatasync", fd); }
