/*
 * The lower bound: what the kernel alone costs.
 *
 * raw PORT: accepts WebSocket clients on 127.0.0.1. The path of a client's request names its room. Every
 * text frame of a client is sent to all clients of its room, itself included, by one send() each.
 *
 * There is no protocol work beyond that. The answer to the handshake is the one that belongs to the key
 * "dGhlIHNhbXBsZSBub25jZQ==" (RFC 6455, 1.3), which the load generator always uses. Sockets block while
 * they are written, so nothing is queued and nothing is lost. Not fit for anything but measuring.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <string.h>

#include "../tcp.h"

enum { MOST_ROOMS = 65536, ROOM_NAME = 32, READ_BYTES = 65536, MOST_EVENTS = 1024 };

struct room {
    char name[ROOM_NAME];
    int *members;
    int count, capacity;
};

struct client {
    int room; /* index into rooms, or -1 until the handshake */
    int slot; /* index into the room's members */
    unsigned char *rest; /* bytes of a frame that has not come in full */
    size_t rest_count;
};

static struct room rooms[MOST_ROOMS];
static int room_count;
static struct client clients[MOST_CLIENTS]; /* by descriptor */
static unsigned char input[READ_BYTES * 2];

static void *must(void *memory) {
    if (!memory) die("memory");
    return memory;
}

static int room_named(const char *name) {
    /* The generator numbers its rooms, so the last ones are the likeliest. */
    for (int index = room_count - 1; index >= 0; index--)
        if (strcmp(rooms[index].name, name) == 0) return index;
    if (room_count == MOST_ROOMS) return -1;
    snprintf(rooms[room_count].name, ROOM_NAME, "%s", name);
    return room_count++;
}

static void leave(int fd) {
    struct client *client = &clients[fd];
    if (client->room >= 0) {
        struct room *room = &rooms[client->room];
        int last = room->members[--room->count];
        room->members[client->slot] = last;
        clients[last].slot = client->slot;
    }
    free(client->rest);
    client->rest = NULL;
    client->rest_count = 0;
    close(fd);
}

/* Enters the room that the request names; 0 when the request is none. */
static int enter(int fd, char *request) {
    static const char answer[] =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
    char name[ROOM_NAME];
    if (sscanf(request, "GET /%31[^ ]", name) != 1) return 0;
    struct client *client = &clients[fd];
    client->room = room_named(name);
    if (client->room < 0) return 0;
    struct room *room = &rooms[client->room];
    if (room->count == room->capacity) {
        room->capacity = room->capacity ? room->capacity * 2 : 4;
        room->members = must(realloc(room->members, sizeof *room->members * room->capacity));
    }
    client->slot = room->count;
    room->members[room->count++] = fd;
    return send(fd, answer, sizeof answer - 1, MSG_NOSIGNAL) == (ssize_t)(sizeof answer - 1);
}

static void publish(int room_index, const unsigned char *text, size_t count) {
    static unsigned char frame[READ_BYTES + 10];
    size_t head = 2;
    frame[0] = 0x81;
    if (count < 126) {
        frame[1] = count;
    } else {
        frame[1] = 126;
        frame[2] = count >> 8;
        frame[3] = count;
        head = 4;
    }
    memcpy(frame + head, text, count);
    struct room *room = &rooms[room_index];
    for (int slot = 0; slot < room->count; slot++)
        send(room->members[slot], frame, head + count, MSG_NOSIGNAL);
}

/* Publishes every whole text frame and returns how many bytes were used; -1 ends the connection. */
static ssize_t take_frames(int fd, unsigned char *bytes, size_t count) {
    size_t at = 0;
    while (count - at >= 6) {
        unsigned char *frame = bytes + at;
        size_t length = frame[1] & 0x7f, head = 2;
        if (length == 127) return -1;
        if (length == 126) {
            length = (size_t)frame[2] << 8 | frame[3];
            head = 4;
        }
        if (count - at < head + 4 + length) break;
        unsigned char *mask = frame + head, *text = mask + 4;
        for (size_t index = 0; index < length; index++) text[index] ^= mask[index & 3];
        if ((frame[0] & 0x0f) == 8) return -1;
        if ((frame[0] & 0x0f) == 1) publish(clients[fd].room, text, length);
        at += head + 4 + length;
    }
    return (ssize_t)at;
}

static void readable(int fd) {
    struct client *client = &clients[fd];
    size_t count = client->rest_count;
    if (count) memcpy(input, client->rest, count);
    ssize_t got = recv(fd, input + count, READ_BYTES, 0);
    if (got <= 0) return leave(fd);
    count += (size_t)got;

    size_t used = 0;
    if (client->room < 0) {
        unsigned char *end = memmem(input, count, "\r\n\r\n", 4);
        if (end) {
            *end = 0;
            if (!enter(fd, (char *)input)) return leave(fd);
            used = (size_t)(end - input) + 4;
        }
    }
    if (client->room >= 0) {
        ssize_t taken = take_frames(fd, input + used, count - used);
        if (taken < 0) return leave(fd);
        used += (size_t)taken;
    }
    client->rest_count = count - used;
    if (client->rest_count > READ_BYTES) return leave(fd);
    if (client->rest_count) {
        client->rest = must(realloc(client->rest, client->rest_count));
        memcpy(client->rest, input + used, client->rest_count);
    }
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: raw PORT\n");
        return 64;
    }
    int poller = epoll_create1(0), listener = listen_on(argv[1], poller);
    struct epoll_event events[MOST_EVENTS];

    for (;;) {
        int count = epoll_wait(poller, events, MOST_EVENTS, -1);
        if (count < 0 && errno != EINTR) die("epoll_wait");
        for (int index = 0; index < count; index++) {
            int fd = events[index].data.fd;
            if (fd != listener) {
                readable(fd);
                continue;
            }
            int client = accept_client(listener);
            if (client < 0) continue;
            clients[client] = (struct client){.room = -1};
            watch(poller, client);
        }
    }
}
