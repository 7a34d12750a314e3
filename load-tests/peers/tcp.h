/* What the programs of this folder share: a port of the loopback, an epoll, and clients without delay. */
#ifndef TCP_H
#define TCP_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST_CLIENTS = 65536 };

static void die(const char *what) {
    perror(what);
    exit(1);
}

static void watch(int poller, int fd) {
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    if (epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event)) die("epoll_ctl");
}

/* Listens on the port of 127.0.0.1, with as many descriptors as are allowed, and has the poller watch it. */
static int listen_on(const char *port, int poller) {
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);

    int on = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener < 0 || poller < 0) die("socket");
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(port))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 4096)) die("listen");
    watch(poller, listener);
    return listener;
}

/* The next client, which the caller has the poller watch; -1 when there is none or no room for it. */
static int accept_client(int listener) {
    int on = 1, client = accept(listener, NULL, NULL);
    if (client < 0) return -1;
    if (client >= MOST_CLIENTS) {
        close(client);
        return -1;
    }
    setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return client;
}

#endif
