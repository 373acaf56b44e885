package web

import (
	"container/list"
	"context"
	"errors"
	"maps"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"readout/record"
)

// Finished answers are kept, and given again as long as they hold: while the
// record is where it was when they were begun, and for a minute at most, since a
// view of now looks at the clock. Where the record is is asked with each request,
// so that what another process writes counts at once. Whoever asks for what is
// being made waits for it; nothing is made twice at a time.
//
// While articles come in all the time nothing holds for long. Then a page that is
// some seconds old, and says of which second it is, is better than none: it is made
// anew once a second at most, one page after the other, and when the new one is not
// there in a moment, the last one is given, as long as nothing but articles was
// written since. Programs are never given an old one.

const (
	keptMost = 64 << 20         // bytes of answers
	keptFor  = time.Minute      // that an answer holds at most
	keptOld  = 10 * time.Second // that a page is old at most, while articles come in
	// keptWait is how long somebody waits for a new page where there is an old one.
	keptWait = 150 * time.Millisecond
	keptRest = time.Second // for so long a page is not made anew
)

// keeps are the routes whose answers are the same for all who may see them, but
// for the holes in them. Others may be anybody's own.
var keeps = map[string]bool{
	"/state": true, "/brief": true, "/timeline": true, "/changes": true, "/due": true, "/issues": true, "/issue/{topic...}": true, "/met": true, "/statements": true,
	"/statement/{id}": true, "/event/{id}": true, "/actor/{name...}": true, "/article/{id}": true, "/compare": true, "/search": true, "/processes": true, "/claim": true,
	"/review": true, "/decisions": true, "/outlets": true, "/about": true, "/timeline.svg": true, "/timeline.png": true, "/met.svg": true, "/met.png": true, "/waits.svg": true,
	"/waits.png": true, "/brief.md": true, "/changes.atom": true,
}

// shelf has finished answers by what was asked, and those that are being made.
type shelf struct {
	s *Server
	// So many are made at once that somebody waits for, and that nobody does.
	turn, spare chan struct{}
	wait        sync.WaitGroup
	ctx         context.Context
	stop        context.CancelFunc

	mu     sync.Mutex
	tick   int64 // counts what begins
	floor  int64 // what was begun before it is too old, whatever is written
	most   int   // bytes
	size   int
	answer map[string]*list.Element // of *finished
	order  *list.List               // what was asked for last first
	making map[string]*making
	queued int // those of making that nobody waits for and that are not begun
}

func newShelf(s *Server) *shelf {
	k := &shelf{s: s, turn: make(chan struct{}, max(2, runtime.GOMAXPROCS(0))), spare: make(chan struct{}, 1), most: keptMost, answer: map[string]*list.Element{}, order: list.New(), making: map[string]*making{}}
	k.ctx, k.stop = context.WithCancel(context.Background())
	return k
}

// making is an answer that is being made.
type making struct {
	finished
	err   error
	ready chan struct{} // closed when it is finished
	hurry chan struct{} // closed when somebody waits for it
	urged bool
}

// urge makes it not wait for others that nobody waits for; the shelf is locked.
func (m *making) urge() {
	if !m.urged {
		m.urged = true
		close(m.hurry)
	}
}

// finished is an answer and when it was begun.
type finished struct {
	*answer
	key   string
	tick  int64
	begun time.Time
	at    record.Position
}

// holds reports whether an answer that was begun is as good as one begun now, by
// somebody who came at tick and found the record at a position.
func (f *finished) holds(tick int64, at record.Position, now time.Time) bool {
	return f.tick > tick || f.at == at && now.Sub(f.begun) < keptFor && f.begun.YearDay() == now.YearDay()
}

var errPanic = errors.New("making it went wrong")

// get gives the answer to what a key stands for: one that is kept, or what do
// makes. strict: no old one.
func (k *shelf) get(ctx context.Context, key string, strict bool, do func(context.Context) (*answer, error)) (*answer, error) {
	tick := k.next()
	at, err := k.s.position(ctx)
	if err != nil {
		return nil, err
	}
	for {
		k.mu.Lock()
		var old *answer
		m := k.making[key]
		if have := k.find(key); have != nil {
			now := k.s.c.Now()
			if have.holds(tick, at, now) {
				k.mu.Unlock()
				return have.answer, nil
			}
			if age := now.Sub(have.begun); !strict && have.tick > k.floor && have.at.Other == at.Other && age < keptOld {
				if old = have.answer; m == nil && age < keptRest {
					k.mu.Unlock()
					return old, nil
				}
			}
		}
		if m == nil {
			m = k.begin(key, do)
		}
		if old == nil {
			m.urge()
		}
		busy := k.queued > 1
		k.mu.Unlock()
		if busy && old != nil {
			return old, nil
		}
		var late <-chan time.Time
		if old != nil {
			late = time.After(keptWait)
		}
		select {
		case <-m.ready:
			if m.holds(tick, at, k.s.c.Now()) {
				return m.answer, m.err
			}
			// It was begun before what was there when somebody came: once more.
		case <-late:
			return old, nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

func (k *shelf) next() int64 {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.tick++
	return k.tick
}

// find gives what is kept; k.mu is held.
func (k *shelf) find(key string) *finished {
	e := k.answer[key]
	if e == nil {
		return nil
	}
	k.order.MoveToFront(e)
	return e.Value.(*finished)
}

// begin begins to make an answer; k.mu is held. It is made to its end though
// nobody should wait for it any more.
func (k *shelf) begin(key string, do func(context.Context) (*answer, error)) *making {
	m := &making{finished: finished{key: key, begun: k.s.c.Now()}, ready: make(chan struct{}), hurry: make(chan struct{})}
	k.making[key] = m
	k.queued++
	k.wait.Go(func() {
		defer close(m.ready)
		k.make(m, do)
		k.mu.Lock()
		defer k.mu.Unlock()
		delete(k.making, key)
		if m.err == nil {
			k.keep(&m.finished)
		}
	})
	return m
}

func (k *shelf) make(m *making, do func(context.Context) (*answer, error)) {
	defer func() {
		if p := recover(); p != nil { // one bad page does not end the server
			k.s.c.Log.ErrorContext(k.ctx, "panic", logPath, m.key, logError, p, "stack", string(debug.Stack()))
			m.err = errPanic
		}
	}()
	ctx, cancel := context.WithTimeout(k.ctx, limit)
	defer cancel()
	defer k.slot(ctx, m)()
	m.tick, m.begun = k.next(), k.s.c.Now() // all who have come until now get what is made
	if m.at, m.err = k.s.position(ctx); m.err != nil {
		return
	}
	m.answer, m.err = do(ctx)
}

// slot waits until one more may be made, or ctx ends, and gives what ends it.
func (k *shelf) slot(ctx context.Context, m *making) (free func()) {
	free = func() {}
	select {
	case k.spare <- struct{}{}:
		free = func() { <-k.spare }
	case <-m.hurry:
		select {
		case k.turn <- struct{}{}:
			free = func() { <-k.turn }
		case <-ctx.Done():
		}
	case <-ctx.Done():
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.queued--
	return free
}

// keep keeps an answer, and lets those go that were not asked for the longest;
// k.mu is held.
func (k *shelf) keep(f *finished) {
	k.drop(f.key)
	if f.cost() > k.most/4 {
		return
	}
	k.answer[f.key] = k.order.PushFront(f)
	for k.size += f.cost(); k.size > k.most; {
		k.drop(k.order.Back().Value.(*finished).key)
	}
}

func (k *shelf) drop(key string) {
	e := k.answer[key]
	if e == nil {
		return
	}
	k.size -= k.order.Remove(e).(*finished).cost()
	delete(k.answer, key)
}

// cost is what it costs to keep an answer, in bytes.
func (f *finished) cost() int { return len(f.key) + len(f.body) + len(f.packed) + 1<<10 }

// wrote makes all answers too old that were begun before: who was told that
// something is done sees it on every page.
func (k *shelf) wrote() {
	k.mu.Lock()
	k.floor = k.tick
	k.mu.Unlock()
}

// close waits for what is being made.
func (k *shelf) close() {
	k.stop()
	k.wait.Wait()
}

// position is where the record is, with what else stands on pages.
func (s *Server) position(ctx context.Context) (record.Position, error) {
	return s.c.Ledger.Position(ctx, outletsSetting)
}

// detached is the same request, now, for what goes on when who asked is gone. It
// does not know who that was.
func (a *ask) detached(ctx context.Context) *ask {
	b := *a
	b.form = maps.Clone(a.form)
	b.origin, b.r, b.now, b.rated = a.base(), a.r.WithContext(ctx), a.s.c.Now().UTC(), nil
	return &b
}

// keepable reports whether the answer of a route may be kept.
func (a *ask) keepable(rt *route) bool {
	return keeps[rt.path] && a.as != formCSV && a.as != formICS && a.form.Get("since") != lastVisit
}

// finished gives the answer of a route that is kept, or makes it.
func (s *Server) finished(a *ask, rt *route) (*answer, error) {
	key := a.base() + a.r.URL.RequestURI() + " " + a.as
	return s.shelf.get(a.r.Context(), key, a.json, func(ctx context.Context) (*answer, error) {
		b := a.detached(ctx)
		p, err := rt.view(ctx, b)
		if err != nil {
			return nil, err
		}
		out, err := s.finish(b, p)
		if err == nil {
			out.pack()
		}
		return out, err
	})
}
