// Package queue is the work that is handed out: articles that wait to be read
// into the record, and the worker that reads them.
//
// An article is taken off the queue only when its reading is stored. A worker
// that dies, or a connection that breaks, gives back what it had; since adding
// an article twice adds nothing, the record after any number of workers and
// accidents is that of one machine. What cannot be read goes to the dead
// articles with its reason, where people find it.
//
// Package queue/nats keeps the queue in NATS JetStream.
package queue

import (
	"bytes"
	"compress/flate"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"readout/record"
)

// Item is an article that waits to be read.
type Item struct {
	// Name is where it came from, for messages: a file, an address.
	Name    string         `json:"name,omitempty"`
	Article record.Article `json:"article"`
}

// Priority says which articles are read first.
type Priority int

const (
	Live    Priority = iota // news: before all backlog
	Backlog                 // an archive: while there is no news
)

func (p Priority) String() string {
	if p == Backlog {
		return "backlog"
	}
	return "live"
}

// Delivery is an article that was handed to a worker, who must give it back in
// one of the ways below.
type Delivery interface {
	// Item is the article. An error is one of its encoding: no other try helps.
	Item() (*Item, error)
	// Tries is how often it was handed out, this time included.
	Tries() int
	// Working says that it is still being worked at, so that nobody else gets it.
	Working() error
	// Done takes it off the queue, for good when Done returns nil.
	Done(ctx context.Context) error
	// Again puts it back, to be handed out after a while.
	Again(after time.Duration) error
	// Bury takes it off the queue and puts it among the dead.
	Bury(ctx context.Context, reason string) error
}

// Source hands out articles.
type Source interface {
	// Take waits for an article. It gives ErrEmpty when there is none and wait
	// is over.
	Take(ctx context.Context, wait time.Duration) (Delivery, error)
	// Patience is how long a worker may be silent about an article before it is
	// handed to somebody else.
	Patience() time.Duration
}

// ErrEmpty is a queue with nothing to hand out.
var ErrEmpty = errors.New("the queue is empty")

// maxItem bounds the encoded item that is taken in: above it is no article.
const maxItem = 64 << 20

// Encode makes the bytes of an item: deflated JSON.
func Encode(it *Item) ([]byte, error) {
	var out bytes.Buffer
	f, err := flate.NewWriter(&out, flate.BestSpeed)
	if err != nil {
		return nil, err
	}
	enc := json.NewEncoder(f)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(it); err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// Decode reads what Encode made.
func Decode(b []byte) (*Item, error) {
	r := io.LimitReader(flate.NewReader(bytes.NewReader(b)), maxItem+1)
	plain, err := io.ReadAll(r)
	switch {
	case err != nil:
		return nil, fmt.Errorf("no article of a queue: %w", err)
	case len(plain) > maxItem:
		return nil, fmt.Errorf("no article of a queue: it has more than %d MB", maxItem>>20)
	}
	var it Item
	if err := json.Unmarshal(plain, &it); err != nil {
		return nil, fmt.Errorf("no article of a queue: %w", err)
	}
	return &it, nil
}
