/* What Swift's Glibc does not show, because it stands behind _GNU_SOURCE. */
#define _GNU_SOURCE
#include <sched.h>

#include "CLinux.h"

int linux_pin(int cpu_first, int cpu_last) {
    cpu_set_t set;
    CPU_ZERO(&set);
    for (int cpu = cpu_first; cpu <= cpu_last; cpu++) CPU_SET(cpu, &set);
    return sched_setaffinity(0, sizeof set, &set);
}
