// Package nats keeps the queue of articles in NATS JetStream.
//
// The server runs in the process by default, opens no port and keeps its files
// in a folder; or it is a cluster elsewhere. There are two streams: one of
// articles, by the subjects NAME.articles.live and NAME.articles.backlog, from
// which an article is gone when its worker says that it is stored; and one of
// dead articles. An article is named by its version, so that one that is put in
// twice within the hour stands there once.
package nats

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"readout/ingest/queue"
	"readout/internal/flock"
)

// Errors a caller acts on.
var (
	// ErrInUse is a folder that another process has open.
	ErrInUse = errors.New("the queue is in use by another process")
	// ErrUnreachable is a server that does not answer, or has no JetStream.
	ErrUnreachable = errors.New("the NATS server cannot be reached")
	// ErrNoRoom is a server that cannot set aside what the queue may need.
	ErrNoRoom = errors.New("the NATS server has no room for the queue")
	// ErrTooLarge is an article above what the server takes in one message.
	ErrTooLarge = errors.New("the article is larger than the NATS server takes")
)

// Config says where a queue is, and its limits. Limits count when the queue is
// made; a queue that is there keeps its own.
type Config struct {
	// URL is the address of a cluster, nats://host:port, several with commas
	// between them. "" runs a server in the process.
	URL string
	// Credentials is a file of them, for a cluster that wants some.
	Credentials string
	// Dir is the folder of the server in the process.
	Dir string
	// Name tells queues of one cluster apart; "" means readout.
	Name string
	// Replicas is on how many servers of a cluster articles are kept; 0 means 3
	// where there are as many, else 1.
	Replicas int
	// MaxArticles is how many may wait; Put waits while there are more. 0 means
	// a million.
	MaxArticles int64
	// MaxBytes is how large they may be together; 0 means 2 GiB. The servers
	// set so much aside, and half of it for dead articles.
	MaxBytes int64
	// AckWait is how long a worker may be silent about an article before it is
	// handed to another; 0 means 30 seconds.
	AckWait time.Duration
}

// Queue is an open queue. It is safe for many goroutines.
type Queue struct {
	c      Config
	nc     *nats.Conn
	js     jetstream.JetStream
	server *server.Server
	unlock func()
	cons   [2]jetstream.Consumer // by queue.Priority
	turn   atomic.Uint64
}

var (
	_ queue.Source   = (*Queue)(nil)
	_ queue.Delivery = (*delivery)(nil)
)

const (
	maxPayload   = 32 << 20 // of the server in the process
	sameWithin   = time.Hour
	firstConnect = 30 * time.Second
)

var queueName = regexp.MustCompile(`^[A-Za-z0-9_-]{1,40}$`)

// Open opens a queue, and makes it where there is none.
func Open(ctx context.Context, c Config) (*Queue, error) {
	if c.Name == "" {
		c.Name = "readout"
	}
	if !queueName.MatchString(c.Name) {
		return nil, fmt.Errorf("queue %q: its name must be letters, digits, _ and -", c.Name)
	}
	if c.AckWait == 0 {
		c.AckWait = 30 * time.Second
	}
	if c.MaxArticles == 0 {
		c.MaxArticles = 1_000_000
	}
	if c.MaxBytes == 0 {
		c.MaxBytes = 2 << 30
	}
	q := &Queue{c: c}
	err := q.connect()
	if err == nil {
		err = q.streams(ctx)
	}
	if err != nil {
		q.Close()
		return nil, err
	}
	return q, nil
}

func (q *Queue) connect() error {
	options := []nats.Option{nats.Name("readout"), nats.MaxReconnects(-1), nats.ReconnectWait(250 * time.Millisecond), nats.Timeout(5 * time.Second)}
	address := q.c.URL
	if address == "" {
		s, err := q.embedded()
		if err != nil {
			return err
		}
		q.server = s
		options = append(options, nats.InProcessServer(s))
	} else if q.c.Credentials != "" {
		options = append(options, nats.UserCredentials(q.c.Credentials))
	}
	nc, err := nats.Connect(address, options...)
	if err != nil {
		return fmt.Errorf("%s: %w: %w", redact(address), ErrUnreachable, err)
	}
	q.nc = nc
	q.js, err = jetstream.New(nc)
	return err
}

// redact gives addresses without what may be a password.
func redact(addresses string) string {
	var out []string
	for a := range strings.SplitSeq(addresses, ",") {
		if scheme, rest, ok := strings.Cut(a, "://"); ok {
			if i := strings.LastIndexByte(rest, '@'); i >= 0 {
				a = scheme + "://…@" + rest[i+1:]
			}
		}
		out = append(out, a)
	}
	return strings.Join(out, ",")
}

// embedded runs a server in the process. What it has acknowledged is on the disk.
func (q *Queue) embedded() (*server.Server, error) {
	if q.c.Dir == "" {
		return nil, errors.New("a queue needs a folder, or the address of a NATS server")
	}
	if err := os.MkdirAll(q.c.Dir, 0o700); err != nil {
		return nil, err
	}
	unlock, err := flock.Take(filepath.Join(q.c.Dir, "lock"))
	if errors.Is(err, flock.ErrTaken) {
		err = ErrInUse
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", q.c.Dir, err)
	}
	q.unlock = unlock
	s, err := server.NewServer(&server.Options{
		ServerName: "readout", DontListen: true, JetStream: true, StoreDir: q.c.Dir, SyncAlways: true,
		JetStreamMaxMemory: 64 << 20, JetStreamMaxStore: 2 * q.c.MaxBytes, MaxPayload: maxPayload, MaxPending: 2 * maxPayload, NoSigs: true, NoLog: true,
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", q.c.Dir, err)
	}
	s.Start()
	if !s.ReadyForConnections(firstConnect) {
		s.Shutdown()
		return nil, fmt.Errorf("%s: the server in the process does not start", q.c.Dir)
	}
	return s, nil
}

// Close lets the queue go; what it holds stays.
func (q *Queue) Close() error {
	if q.nc != nil {
		q.nc.Close()
	}
	if q.server != nil {
		q.server.Shutdown()
		q.server.WaitForShutdown()
	}
	if q.unlock != nil {
		q.unlock()
	}
	return nil
}

func (q *Queue) subject(p queue.Priority) string { return q.c.Name + ".articles." + p.String() }
func (q *Queue) articles() string                { return q.c.Name + "-articles" }
func (q *Queue) dead() string                    { return q.c.Name + "-dead" }

// streams makes the streams and consumers that are not there. A cluster that was
// just started may need a moment.
func (q *Queue) streams(ctx context.Context) error {
	all, cancel := context.WithTimeout(ctx, firstConnect)
	defer cancel()
	// A question to a cluster without a leader is not answered, and not answered
	// later either: it must be asked again.
	err := persist(all, func() error {
		ctx, cancel := context.WithTimeout(all, 3*time.Second)
		defer cancel()
		replicas := q.c.Replicas
		if replicas == 0 {
			replicas = q.servers()
		}
		for _, sc := range []jetstream.StreamConfig{
			{
				Name: q.articles(), Subjects: []string{q.c.Name + ".articles.*"}, Retention: jetstream.WorkQueuePolicy, Storage: jetstream.FileStorage,
				MaxMsgs: q.c.MaxArticles, MaxBytes: q.c.MaxBytes, Discard: jetstream.DiscardNew, Duplicates: sameWithin, Replicas: replicas,
			},
			{
				Name: q.dead(), Subjects: []string{q.c.Name + ".dead"}, Storage: jetstream.FileStorage, Discard: jetstream.DiscardNew,
				MaxBytes: q.c.MaxBytes / 2, Duplicates: sameWithin, Replicas: replicas,
			},
		} {
			if _, err := q.js.Stream(ctx, sc.Name); errors.Is(err, jetstream.ErrStreamNotFound) {
				_, err = q.js.CreateStream(ctx, sc)
				if err != nil && !errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) {
					return err
				}
			} else if err != nil {
				return err
			}
		}
		for _, p := range []queue.Priority{queue.Live, queue.Backlog} {
			c, err := q.js.Consumer(ctx, q.articles(), p.String())
			if errors.Is(err, jetstream.ErrConsumerNotFound) {
				c, err = q.js.CreateOrUpdateConsumer(ctx, q.articles(), jetstream.ConsumerConfig{
					Durable: p.String(), FilterSubject: q.subject(p), AckPolicy: jetstream.AckExplicitPolicy, AckWait: q.c.AckWait,
					MaxDeliver: -1, MaxAckPending: 10_000,
				})
			}
			if err != nil {
				return err
			}
			q.cons[p] = c
			if p == queue.Live {
				q.c.AckWait = c.CachedInfo().Config.AckWait
			}
		}
		return nil
	})
	var api *jetstream.APIError
	switch {
	case errors.As(err, &api) && api.ErrorCode == codeNoSpace:
		return fmt.Errorf("%s: %w of %d MB", redact(q.c.URL), ErrNoRoom, q.c.MaxBytes>>20)
	case err != nil:
		return fmt.Errorf("%s: %w: %w", redact(q.c.URL), ErrUnreachable, err)
	}
	return nil
}

// servers is on how many servers an article can be kept: 1 or 3.
func (q *Queue) servers() int {
	if len(q.nc.Servers()) >= 3 || len(q.nc.DiscoveredServers()) >= 2 {
		return 3
	}
	return 1
}

// persist calls f until it works or the context ends, and gives the last error.
func persist(ctx context.Context, f func() error) error {
	var last error
	for wait := 50 * time.Millisecond; ; wait = min(2*wait, time.Second) {
		err := f()
		if err == nil {
			return nil
		}
		if last == nil || !errors.Is(err, context.DeadlineExceeded) {
			last = err
		}
		select {
		case <-ctx.Done():
			return last
		case <-time.After(wait):
		}
	}
}
