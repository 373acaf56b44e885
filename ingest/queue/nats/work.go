package nats

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"readout/ingest/queue"
)

// Headers of a message.
const (
	headerName   = "Readout-Name"   // where the article came from
	headerReason = "Readout-Reason" // why it is dead
	headerFrom   = "Readout-From"   // the subject it was taken from
	headerTries  = "Readout-Tries"
	headerDied   = "Readout-Died" // when
)

// JetStream's error codes for a stream that takes no more.
const (
	codeMaxMsgs  = 10077 // maximum messages exceeded, or bytes
	codeNoSpace  = 10047 // insufficient storage
	codeTooLarge = 10054 // message size exceeds maximum allowed
)

// Put puts an article in and reports whether it was not there yet. When it
// returns nil the article is kept. It waits while the queue is full or has no
// leader, until the context ends; full is told once, when it begins to wait.
func (q *Queue) Put(ctx context.Context, it *queue.Item, p queue.Priority, full func()) (bool, error) {
	body, err := queue.Encode(it)
	if err != nil {
		return false, err
	}
	if most := q.nc.MaxPayload(); most > 0 && int64(len(body))+1024 > most {
		return false, fmt.Errorf("%w: %d KB deflated, and its max_payload is %d KB", ErrTooLarge, len(body)>>10, most>>10)
	}
	msg := &nats.Msg{Subject: q.subject(p), Data: body, Header: nats.Header{}}
	msg.Header.Set(headerName, header(it.Name))
	return q.publish(ctx, msg, it.Article.Version(), full)
}

// header gives a text that a header can hold: on one line.
func header(s string) string {
	out := []rune(s)
	for i, r := range out {
		if r < ' ' {
			out[i] = ' '
		}
	}
	return string(out[:min(len(out), 500)])
}

func (q *Queue) publish(ctx context.Context, msg *nats.Msg, id string, full func()) (bool, error) {
	fresh := false
	told := false
	err := persist(ctx, func() error {
		try, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		ack, err := q.js.PublishMsg(try, msg, jetstream.WithMsgID(id))
		if err == nil {
			fresh = !ack.Duplicate
			return nil
		}
		var api *jetstream.APIError
		if errors.As(err, &api) && (api.ErrorCode == codeMaxMsgs || api.ErrorCode == codeNoSpace) && full != nil && !told {
			told = true
			full()
		}
		return err
	})
	if err != nil && ctx.Err() != nil {
		err = fmt.Errorf("%w: %w", ctx.Err(), err)
	}
	return fresh, err
}

// Patience implements queue.Source.
func (q *Queue) Patience() time.Duration { return q.c.AckWait }

// Take implements queue.Source: live articles first. Of a hundred one is of the
// backlog whatever there is, so that it does not stand still for good.
func (q *Queue) Take(ctx context.Context, wait time.Duration) (queue.Delivery, error) {
	order := [2]queue.Priority{queue.Live, queue.Backlog}
	if q.turn.Add(1)%100 == 0 {
		order[0], order[1] = order[1], order[0]
	}
	for begin := time.Now(); ; {
		for _, p := range order {
			batch, err := q.cons[p].FetchNoWait(1)
			if err != nil {
				return nil, err
			}
			if d := first(batch); d != nil {
				return &delivery{q, d}, nil
			}
			if err := batch.Error(); err != nil && !empty(err) {
				return nil, err
			}
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if time.Since(begin) >= wait {
			return nil, queue.ErrEmpty
		}
		// Wait for news, and look at the backlog in between.
		batch, err := q.cons[queue.Live].Fetch(1, jetstream.FetchMaxWait(min(wait, 200*time.Millisecond)))
		if err != nil {
			return nil, err
		}
		if d := first(batch); d != nil {
			return &delivery{q, d}, nil
		}
	}
}

func first(b jetstream.MessageBatch) jetstream.Msg {
	var m jetstream.Msg
	for x := range b.Messages() {
		m = x
	}
	return m
}

func empty(err error) bool {
	return errors.Is(err, nats.ErrTimeout) || errors.Is(err, jetstream.ErrNoMessages)
}

type delivery struct {
	q   *Queue
	msg jetstream.Msg
}

func (d *delivery) Item() (*queue.Item, error) { return queue.Decode(d.msg.Data()) }

func (d *delivery) Tries() int {
	m, err := d.msg.Metadata()
	if err != nil {
		return 1
	}
	return int(m.NumDelivered)
}

func (d *delivery) Working() error { return d.msg.InProgress() }

func (d *delivery) Done(ctx context.Context) error {
	return persist(ctx, func() error {
		try, cancel := context.WithTimeout(ctx, 2*time.Second)
		defer cancel()
		err := d.msg.DoubleAck(try)
		if errors.Is(err, jetstream.ErrMsgAlreadyAckd) {
			return nil
		}
		return err
	})
}

func (d *delivery) Again(after time.Duration) error { return d.msg.NakWithDelay(after) }

func (d *delivery) Bury(ctx context.Context, reason string) error {
	msg := &nats.Msg{Subject: d.q.c.Name + ".dead", Data: d.msg.Data(), Header: nats.Header{}}
	msg.Header.Set(headerName, d.msg.Headers().Get(headerName))
	msg.Header.Set(headerReason, header(reason))
	msg.Header.Set(headerFrom, d.msg.Subject())
	msg.Header.Set(headerTries, strconv.Itoa(d.Tries()))
	msg.Header.Set(headerDied, time.Now().UTC().Format(time.RFC3339))
	id := "dead"
	if m, err := d.msg.Metadata(); err == nil {
		id = fmt.Sprintf("dead-%d", m.Sequence.Stream)
	}
	if _, err := d.q.publish(ctx, msg, id, nil); err != nil {
		return err
	}
	return d.Done(ctx)
}

// State is how much there is in a queue.
type State struct {
	Live    int64 `json:"live"`    // waiting
	Backlog int64 `json:"backlog"` // waiting
	Working int64 `json:"working"` // handed out and not yet done
	Dead    int64 `json:"dead"`
	Bytes   int64 `json:"bytes"` // of all that is not dead
}

// State counts the articles.
func (q *Queue) State(ctx context.Context) (State, error) {
	var s State
	for p, c := range q.cons {
		info, err := c.Info(ctx)
		if err != nil {
			return s, err
		}
		s.Working += int64(info.NumAckPending)
		if queue.Priority(p) == queue.Live {
			s.Live = int64(info.NumPending)
		} else {
			s.Backlog = int64(info.NumPending)
		}
	}
	for _, name := range []string{q.articles(), q.dead()} {
		st, err := q.js.Stream(ctx, name)
		if err != nil {
			return s, err
		}
		info, err := st.Info(ctx)
		if err != nil {
			return s, err
		}
		if name == q.dead() {
			s.Dead = int64(info.State.Msgs)
		} else {
			s.Bytes = int64(info.State.Bytes)
		}
	}
	return s, nil
}
