#ifndef CLINUX_H
#define CLINUX_H

#include <sys/epoll.h>

/* Runs this thread on these cores alone (sched_setaffinity(2)). */
int linux_pin(int cpu_first, int cpu_last);

#endif
