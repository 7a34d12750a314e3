/*
 * A language model that costs next to nothing, so that what is measured is the hub.
 *
 * model PORT TOKENS_PER_SECOND SECONDS: answers every POST on 127.0.0.1 with the same word again and again, as
 * a stream of OpenAI's chat completions: one event and one send() a token, at this rate and for so long. Each
 * connection goes on by its own clock. Not fit for anything but measuring.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <string.h>
#include <time.h>

#include "../tcp.h"

enum { REQUEST_BYTES = 256 * 1024, MOST_EVENTS = 256, NOBODY = -1 };

struct client {
    char *request; /* what has come of it */
    size_t count;
    long left; /* tokens, while it is answered */
    int64_t due; /* microseconds */
    int next, previous; /* who is due after and before it */
};

static struct client clients[MOST_CLIENTS]; /* by descriptor */
/* Answers that grow. All have the same pause, so whoever was served last is due last. */
static int first = NOBODY, last = NOBODY;
static char head[256], token[512], finish[1024];
static int64_t pause_us;
static long tokens;

static int64_t now_us(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000LL + time.tv_nsec / 1000;
}

static void enqueue(int fd) {
    clients[fd].next = NOBODY;
    clients[fd].previous = last;
    if (last == NOBODY) first = fd;
    else clients[last].next = fd;
    last = fd;
}

static void dequeue(int fd) {
    struct client *client = &clients[fd];
    if (client->previous == NOBODY) first = client->next;
    else clients[client->previous].next = client->next;
    if (client->next == NOBODY) last = client->previous;
    else clients[client->next].previous = client->previous;
}

static void leave(int fd) {
    if (clients[fd].left) dequeue(fd);
    free(clients[fd].request);
    clients[fd] = (struct client){0};
    close(fd);
}

static int tell(int fd, const char *text) {
    size_t count = strlen(text);
    return send(fd, text, count, MSG_NOSIGNAL) == (ssize_t)count;
}

/* An event in a chunk of its own (RFC 9112, 7.1). */
static void chunk(char *buffer, size_t room, const char *data) {
    size_t used = strlen(buffer);
    snprintf(buffer + used, room - used, "%zx\r\ndata: %s\n\n\r\n", strlen(data) + 8, data);
}

static void readable(int fd) {
    struct client *client = &clients[fd];
    char rest[512];
    ssize_t got = client->left ? recv(fd, rest, sizeof rest, 0)
                               : recv(fd, client->request + client->count, REQUEST_BYTES - 1 - client->count, 0);
    if (got <= 0 || client->left) return leave(fd);
    client->count += (size_t)got;
    client->request[client->count] = 0;
    char *body = strstr(client->request, "\r\n\r\n");
    char *length = strcasestr(client->request, "content-length:");
    if (!body) return;
    if (!length || length > body) return leave(fd);
    if (client->count - (size_t)(body + 4 - client->request) < strtoul(length + 15, NULL, 10)) return;
    client->count = 0;
    client->left = tokens;
    client->due = now_us() + pause_us;
    enqueue(fd);
    if (!tell(fd, head)) leave(fd);
}

/* Sends what is due; returns for how many milliseconds nothing is. */
static int go_on(void) {
    while (first != NOBODY) {
        int fd = first;
        int64_t wait = clients[fd].due - now_us();
        if (wait > 0) return (int)(wait / 1000) + 1;
        dequeue(fd);
        clients[fd].left--;
        int isLast = clients[fd].left == 0;
        clients[fd].due += pause_us;
        if (!isLast) enqueue(fd);
        if (!tell(fd, isLast ? finish : token)) leave(fd);
    }
    return -1;
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fprintf(stderr, "usage: model PORT TOKENS_PER_SECOND SECONDS\n");
        return 64;
    }
    pause_us = 1000000 / atoi(argv[2]);
    tokens = (long)atoi(argv[2]) * atoi(argv[3]);
    snprintf(head, sizeof head,
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
    chunk(token, sizeof token,
        "{\"id\":\"chatcmpl-load\",\"object\":\"chat.completion.chunk\",\"created\":1795000000,\"model\":\"load\","
        "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"كلمة \"},\"logprobs\":null,\"finish_reason\":null}]}");
    chunk(finish, sizeof finish,
        "{\"id\":\"chatcmpl-load\",\"object\":\"chat.completion.chunk\",\"created\":1795000000,\"model\":\"load\","
        "\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
    chunk(finish, sizeof finish, "[DONE]");
    strcat(finish, "0\r\n\r\n");

    int poller = epoll_create1(0), listener = listen_on(argv[1], poller);
    struct epoll_event events[MOST_EVENTS];

    for (;;) {
        int count = epoll_wait(poller, events, MOST_EVENTS, go_on());
        if (count < 0 && errno != EINTR) die("epoll_wait");
        for (int index = 0; index < count; index++) {
            int fd = events[index].data.fd;
            if (fd != listener) {
                readable(fd);
                continue;
            }
            int client = accept_client(listener);
            if (client < 0) continue;
            char *request = malloc(REQUEST_BYTES);
            if (!request) die("memory");
            clients[client] = (struct client){.request = request};
            watch(poller, client);
        }
    }
}
