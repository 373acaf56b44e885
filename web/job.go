package web

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"readout/record"
	"readout/sheet"
)

// job is what was handed in at once, while it is read and for some time after.
type job struct {
	id        string
	by        string
	dir       string // where its files are, as long as it runs
	outlet    string
	published time.Time
	tlp       record.TLP
	names     []string
	inputs    []Input

	mu      sync.Mutex
	started time.Time
	ended   time.Time
	lines   []Taking
	counts  Job
}

func (j *job) add(name string, in Input) {
	j.names, j.inputs = append(j.names, name), append(j.inputs, in)
}

// Job is what became of what was handed in at once.
type Job struct {
	ID      string    `json:"id"`
	Name    string    `json:"name"`
	By      string    `json:"by"`
	Started time.Time `json:"started"`
	Ended   time.Time `json:"ended,omitzero"`
	Running bool      `json:"running"`
	Added   int       `json:"added"`
	Changed int       `json:"changed"` // new versions of articles
	Known   int       `json:"known"`   // there already
	Failed  int       `json:"failed"`
	Lines   []Taking  `json:"articles"` // the first maxLines
}

// Taking is what became of one article.
type Taking struct {
	Name    string `json:"name"`
	Title   string `json:"title,omitempty"`
	Version string `json:"version,omitempty"`
	Became  string `json:"became"` // added, changed, known, failed
	Note    string `json:"note,omitempty"`
	Wrong   string `json:"wrong,omitempty"`
}

func (j *Job) summary() string {
	parts := []string{sheet.Count(j.Added, "article") + " added"}
	for _, n := range []struct {
		n    int
		what string
	}{{j.Changed, "new versions"}, {j.Known, "there already"}, {j.Failed, "not read"}} {
		if n.n > 0 {
			parts = append(parts, sheet.Plural(n.n, n.what, n.what))
		}
	}
	s := strings.Join(parts, ", ")
	if j.Running {
		s += " so far"
	}
	return s
}

// Bounds of jobs.
const (
	maxLines   = 500             // of a job, that are kept
	maxWaiting = 10              // jobs that have not ended
	maxJobs    = 50              // that are remembered
	jobLimit   = 4 * time.Hour   // after which one is stopped
	oneLimit   = 2 * time.Minute // for one article
)

// jobs are those that run, one after the other, and the last that did.
type jobs struct {
	turn chan struct{}
	wait sync.WaitGroup
	ctx  context.Context
	stop context.CancelFunc

	mu     sync.Mutex
	list   []*job // the last last
	closed bool
}

func newJobs() *jobs {
	ctx, stop := context.WithCancel(context.Background())
	return &jobs{turn: make(chan struct{}, 1), ctx: ctx, stop: stop}
}

// start begins a job; its folder goes with it.
func (js *jobs) start(s *Server, j *job) (string, error) {
	j.id, j.started = strings.ToLower(rand.Text()[:16]), s.c.Now().UTC()
	js.mu.Lock()
	defer js.mu.Unlock()
	n := 0
	for _, o := range js.list {
		if o.running() {
			n++
		}
	}
	if js.closed || n >= maxWaiting {
		return "", problem{Status: http.StatusServiceUnavailable, Detail: "so much is being added that no more can wait"}
	}
	js.list = append(js.list, j)
	if len(js.list) > maxJobs {
		js.list = js.list[len(js.list)-maxJobs:]
	}
	js.wait.Go(func() {
		js.turn <- struct{}{}
		defer func() { <-js.turn }()
		s.work(js.ctx, j)
	})
	return j.id, nil
}

func (js *jobs) find(id string) *job {
	js.mu.Lock()
	defer js.mu.Unlock()
	for _, j := range js.list {
		if j.id == id {
			return j
		}
	}
	return nil
}

// recent are the last jobs, the last first.
func (js *jobs) recent(n int) []*job {
	js.mu.Lock()
	defer js.mu.Unlock()
	var out []*job
	for i := len(js.list) - 1; i >= 0 && len(out) < n; i-- {
		out = append(out, js.list[i])
	}
	return out
}

// Close waits until what was handed in is read, or ctx ends, which stops it;
// what was added until then is kept. It is called when nothing is asked any more.
func (s *Server) Close(ctx context.Context) error {
	s.jobs.mu.Lock()
	s.jobs.closed = true
	s.jobs.mu.Unlock()
	stop := context.AfterFunc(ctx, s.jobs.stop)
	defer stop()
	s.jobs.wait.Wait()
	s.jobs.stop()
	s.shelf.close()
	return ctx.Err()
}

func (j *job) running() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.ended.IsZero()
}

func (j *job) view() *Job {
	j.mu.Lock()
	defer j.mu.Unlock()
	v := j.counts
	v.ID, v.By, v.Started, v.Ended, v.Running = j.id, j.by, j.started, j.ended, j.ended.IsZero()
	v.Name = j.names[0]
	if n := len(j.names) - 1; n > 0 {
		v.Name += " and " + sheet.Plural(n, "more", "more")
	}
	v.Lines = append([]Taking{}, j.lines...)
	return &v
}

// note keeps what became of an article.
func (j *job) note(t Taking) {
	j.mu.Lock()
	defer j.mu.Unlock()
	switch t.Became {
	case "added":
		j.counts.Added++
	case "changed":
		j.counts.Changed++
	case "known":
		j.counts.Known++
	default:
		j.counts.Failed++
	}
	if len(j.lines) < maxLines || t.Became == "failed" && len(j.lines) < 2*maxLines {
		j.lines = append(j.lines, t)
	}
}

// work reads what a job was handed in.
func (s *Server) work(ctx context.Context, j *job) {
	ctx, cancel := context.WithTimeout(ctx, jobLimit)
	defer cancel()
	defer func() {
		if err := os.RemoveAll(j.dir); err != nil {
			s.c.Log.WarnContext(ctx, "add", logError, err.Error())
		}
		j.mu.Lock()
		j.ended = s.c.Now().UTC()
		s.shelf.wrote()
		j.mu.Unlock()
		v := j.view()
		s.c.Log.InfoContext(ctx, "add", "by", v.By, "added", v.Added, "changed", v.Changed, "known", v.Known, "failed", v.Failed)
	}()
	for i, in := range j.inputs {
		for x := range s.c.Open(ctx, in) {
			if ctx.Err() != nil {
				break
			}
			j.note(s.taking(ctx, j, j.names[i], &x))
		}
		if ctx.Err() != nil {
			j.note(Taking{Name: j.names[i], Became: "failed", Wrong: "it was stopped; what was added is kept"})
			return
		}
	}
}

// taking adds one article, and says what became of it.
func (s *Server) taking(ctx context.Context, j *job, name string, x *Arrival) (t Taking) {
	t = Taking{Name: strings.TrimPrefix(strings.TrimPrefix(x.Name, j.dir), "/"), Note: x.Note, Became: "failed"}
	if j.dir != "" && strings.HasPrefix(x.Name, j.dir) { // the name that people know
		t.Name = name
		if _, line, ok := strings.Cut(strings.TrimPrefix(x.Name, j.dir), ":"); ok {
			t.Name += ", line " + line
		}
	}
	defer func() { // one bad article stops nothing
		if p := recover(); p != nil {
			s.c.Log.ErrorContext(ctx, "panic", "article", t.Name, logError, p)
			t.Became, t.Wrong = "failed", "something is wrong here: the log has what it is"
		}
	}()
	if x.Err != nil {
		t.Wrong = strings.ReplaceAll(x.Err.Error(), j.dir, "")
		return t
	}
	t.Title = x.Article.Title
	ctx, cancel := context.WithTimeout(ctx, oneLimit)
	defer cancel()
	got, err := s.take(ctx, x.Article, j.tlp, j.by)
	var wrong problem
	switch {
	case errors.As(err, &wrong):
		t.Wrong = wrong.Detail
	case err != nil:
		s.c.Log.ErrorContext(ctx, "add", logError, err.Error())
		t.Wrong = "something is wrong here: the log has what it is"
	case !got.New:
		t.Became, t.Version = "known", got.Version
	case got.Changed:
		t.Became, t.Version = "changed", got.Version
	default:
		t.Became, t.Version = "added", got.Version
	}
	return t
}

// addedPage is what became of what was handed in.
type addedPage struct {
	*Job
	Summary string
	Rows    []takingRow
	More    int
}

type takingRow struct {
	Taking
	State status
	URL   string
}

var becomings = map[string]status{
	"added": {"added", "good", "+"}, "changed": {"a new version", "plan", "→"}, "known": {"there already", "none", "·"}, "failed": {"not read", "bad", "✕"},
}

// jobPage shows a job.
func jobPage(_ context.Context, a *ask) (*page, error) {
	j := a.s.jobs.find(a.value("job"))
	if j == nil {
		return nil, problem{Status: http.StatusNotFound, Detail: "nothing was handed in by that name, or it is long ago"}
	}
	v := j.view()
	p := &page{Name: "added", Title: "Added: " + v.Name, View: v, Form: true}
	if v.Running {
		p.Title, p.Refresh = "Being read: "+v.Name, 2
	}
	if a.json {
		return p, nil
	}
	d := &addedPage{Job: v, Summary: v.summary(), More: v.Added + v.Changed + v.Known + v.Failed - len(v.Lines)}
	for _, t := range v.Lines {
		r := takingRow{Taking: t, State: becomings[t.Became]}
		if t.Version != "" {
			r.URL = a.to("/article/" + sheet.Short(t.Version))
		}
		d.Rows = append(d.Rows, r)
	}
	p.Data = d
	return p, nil
}
