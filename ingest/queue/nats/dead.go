package nats

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"readout/ingest/queue"
)

// DeadArticle is an article that could not be read.
type DeadArticle struct {
	ID     uint64      `json:"id"` // its place among the dead
	Name   string      `json:"name"`
	Reason string      `json:"reason"`
	Tries  int         `json:"tries"`
	Died   string      `json:"died"`
	Item   *queue.Item `json:"-"` // nil when it cannot be decoded
}

// Dead calls f with every dead article, the first to die first, until f gives an
// error.
func (q *Queue) Dead(ctx context.Context, f func(*DeadArticle) error) error {
	st, err := q.js.Stream(ctx, q.dead())
	if err != nil {
		return err
	}
	info, err := st.Info(ctx)
	if err != nil {
		return err
	}
	for seq := info.State.FirstSeq; seq > 0 && seq <= info.State.LastSeq; seq++ {
		m, err := st.GetMsg(ctx, seq)
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		d := &DeadArticle{ID: seq, Name: m.Header.Get(headerName), Reason: m.Header.Get(headerReason), Died: m.Header.Get(headerDied)}
		d.Tries, _ = strconv.Atoi(m.Header.Get(headerTries)) // 0 when it is not told
		if it, err := queue.Decode(m.Data); err == nil {
			d.Item = it
		}
		if err := f(d); err != nil {
			return err
		}
	}
	return nil
}

// Retry puts a dead article back to be read, as the last of its kind.
func (q *Queue) Retry(ctx context.Context, id uint64) error {
	st, m, err := q.deadMessage(ctx, id)
	if err != nil {
		return err
	}
	subject := m.Header.Get(headerFrom)
	if subject == "" {
		subject = q.subject(queue.Live)
	}
	msg := &nats.Msg{Subject: subject, Data: m.Data, Header: nats.Header{}}
	msg.Header.Set(headerName, m.Header.Get(headerName))
	if _, err := q.publish(ctx, msg, fmt.Sprintf("retry-%d", id), nil); err != nil {
		return err
	}
	return st.DeleteMsg(ctx, id)
}

// Drop removes a dead article.
func (q *Queue) Drop(ctx context.Context, id uint64) error {
	st, _, err := q.deadMessage(ctx, id)
	if err != nil {
		return err
	}
	return st.DeleteMsg(ctx, id)
}

// ErrNoDead is a dead article that is not there.
var ErrNoDead = errors.New("there is no such dead article")

func (q *Queue) deadMessage(ctx context.Context, id uint64) (jetstream.Stream, *jetstream.RawStreamMsg, error) {
	st, err := q.js.Stream(ctx, q.dead())
	if err != nil {
		return nil, nil, err
	}
	m, err := st.GetMsg(ctx, id)
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		err = fmt.Errorf("%d: %w", id, ErrNoDead)
	}
	return st, m, err
}
