#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <sched.h>
#include <string.h>
#include <sys/epoll.h>

/* Macros that Swift does not see. */
static inline int load_pin(int cpu_first, int cpu_last) {
    cpu_set_t set;
    CPU_ZERO(&set);
    for (int cpu = cpu_first; cpu <= cpu_last; cpu++) CPU_SET(cpu, &set);
    return sched_setaffinity(0, sizeof set, &set);
}
