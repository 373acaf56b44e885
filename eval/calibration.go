package eval

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"time"

	"readout"
	"readout/news/event"
	"readout/reading"
)

// Calibration counts what was right by the confidence it was given: entry i
// holds confidences from i/10 on, below (i+1)/10; the last holds 1 as well.
type Calibration [10]struct {
	N, Right int
	Sum      float64 // of confidences
}

// Add counts one judgement.
func (c *Calibration) Add(confidence float64, right bool) {
	// Readings are rounded to hundredths: 0.7 as float32 is a little less.
	at := &c[max(0, min(9, int(confidence*10+1e-6)))]
	at.N++
	at.Sum += confidence
	if right {
		at.Right++
	}
}

// Error is the expected calibration error: how far the share right of a decile
// is from its mean confidence, averaged over judgements (Naeini, Cooper and
// Hauskrecht, AAAI 2015).
func (c *Calibration) Error() float64 {
	n, sum := 0, 0.0
	for _, d := range c {
		n += d.N
		sum += math.Abs(float64(d.Right) - d.Sum)
	}
	return sum / float64(max(1, n))
}

// Calibrated is the calibration of one kind of judgement on one set of data.
type Calibrated struct {
	Name string
	Calibration
}

// RunCalibration holds confidences against what was right: of statements on the
// dev part of PolNeAR, of events on the bundled examples and the given cases,
// and on the PLOVER records under the data folder, where they are.
func RunCalibration(ctx context.Context, r *readout.Reader, data string, cases []Case) ([]Calibrated, error) {
	statements := Calibrated{Name: "statements, PolNeAR dev"}
	if err := calibrateStatements(ctx, r, filepath.Join(data, "polnear", "dev.jsonl.gz"), &statements.Calibration); err != nil {
		return nil, err
	}
	events := Calibrated{Name: "events, articles"}
	if err := calibrateEvents(ctx, r, cases, &events.Calibration); err != nil {
		return nil, err
	}
	codes := Calibrated{Name: "event codes, PLOVER records"}
	if err := calibrateCodes(ctx, r, filepath.Join(data, "events", "plover_gsr_dev.json"), &codes.Calibration); err != nil {
		return nil, err
	}
	return []Calibrated{statements, events, codes}, nil
}

// calibrateStatements: a statement is right when its content is found in the
// annotation.
func calibrateStatements(ctx context.Context, r *readout.Reader, path string, c *Calibration) error {
	gold, err := ReadAttributed(path)
	if err != nil {
		return err
	}
	articles := func(yield func(readout.Article) bool) {
		for _, g := range gold {
			if !yield(readout.Article{Text: g.Text, Key: g.ID}) {
				return
			}
		}
	}
	i := 0
	for d, err := range r.ReadAll(ctx, articles) {
		if err != nil {
			return fmt.Errorf("%s: %w", gold[i].ID, err)
		}
		list, of := attributions(d, gold[i].Text)
		right := found(gold[i], list)
		for n, k := range of {
			if k >= 0 {
				c.Add(float64(d.Statements[n].Confidence), right[k])
			}
		}
		i++
	}
	return ctx.Err()
}

// found says which of the predicted attributions have a content of the gold.
func found(gold Attributed, predicted []Attribution) []bool {
	s := newScored(gold.Text)
	out := make([]bool, len(predicted))
	for _, m := range s.match(gold.Attributions, predicted) {
		gc, pc := s.tokens(gold.Attributions[m.gold].Content), s.tokens(predicted[m.predicted].Content)
		n := len(common(gc, pc))
		out[m.predicted] = 2*n >= len(gc) && 2*n >= len(pc)
	}
	return out
}

// calibrateEvents judges the events that the expectations speak of.
func calibrateEvents(ctx context.Context, r *readout.Reader, cases []Case, c *Calibration) error {
	for _, x := range cases {
		d, err := r.Read(ctx, x.Article)
		if err != nil {
			return fmt.Errorf("%s: %w", x.Name, err)
		}
		if err := judgeEvents(reading.New(d, readout.Model), x.Expectation, c); err != nil {
			return fmt.Errorf("%s: %w", x.Name, err)
		}
	}
	return nil
}

// judgeEvents counts each event that an item with a status, a tight item or an
// item about what must not be there speaks of. It is right when one of those
// with a status matches it or a tight one lists it, and none says that it must
// not be there.
func judgeEvents(r *reading.Reading, x *Expectation, c *Calibration) error {
	ch := newChecker(r)
	for i := range r.Events {
		e := &r.Events[i]
		asked, right, wrong := false, false, false
		for _, it := range x.Expect {
			p := it.Events
			switch {
			case p == nil || it.AtMost != nil || it.Exactly != nil:
			case it.Absent:
				wrong = wrong || ch.event(e, p)
			case it.Among != nil:
				n, good, err := count([]reading.Event{*e}, p, it.Among, ch.event)
				if err != nil {
					return fmt.Errorf("expectation %s: %w", it.ID, err)
				}
				asked, right = asked || n > 0, right || good > 0
			case p.Status != nil && (p.Kind != nil || p.Participants != nil):
				q := EventPattern{Kind: p.Kind, Participants: p.Participants, As: p.As, Place: p.Place}
				if ch.event(e, &q) {
					asked, right = true, right || among(e.Status, p.Status)
				}
			}
		}
		if asked || wrong {
			c.Add(e.Confidence, right && !wrong)
		}
	}
	return nil
}

// maxRecords bounds a file of PLOVER records.
const maxRecords = 64 << 20

// ploverRecord is a gold record of the PLOVER project.
type ploverRecord struct {
	ID    string `json:"id"`
	Event string `json:"event"`
	Date  string `json:"date"`
	Text  string `json:"text"`
}

// renamed are the event types of PLOVER 0.5 whose name is another since 2021.
var renamed = map[string]string{"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}

// calibrateCodes: an event is right when its type is that of the record, read as
// a sentence by itself.
func calibrateCodes(ctx context.Context, r *readout.Reader, path string, c *Calibration) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxRecords))
	if err != nil {
		return err
	}
	var records []ploverRecord
	if err := json.Unmarshal(b, &records); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for _, rec := range records {
		published, err := time.Parse(time.DateOnly, rec.Date)
		if err != nil {
			return fmt.Errorf("%s: %w", rec.ID, err)
		}
		d, err := r.Read(ctx, readout.Article{Key: rec.ID, Text: rec.Text, Published: published})
		if err != nil {
			return fmt.Errorf("%s: %w", rec.ID, err)
		}
		want := rec.Event
		if w, ok := renamed[want]; ok {
			want = w
		}
		for _, e := range event.Code(d) {
			c.Add(float64(e.Confidence), e.PLOVER == want)
		}
	}
	return ctx.Err()
}

// PrintCalibration writes a table for each: a line for every decile of
// confidence that something was given.
func PrintCalibration(w io.Writer, list []Calibrated) error {
	var b bytes.Buffer
	for _, c := range list {
		fmt.Fprintf(&b, "%-28s %6s %6s %6s\n", c.Name, "n", "said", "right")
		n, right, sum := 0, 0, 0.0
		for i, d := range c.Calibration {
			n, right, sum = n+d.N, right+d.Right, sum+d.Sum
			if d.N > 0 {
				fmt.Fprintf(&b, "  %.1f to %.1f %17s %6d %6.2f %6.2f\n", float64(i)/10, float64(i+1)/10, "", d.N, d.Sum/float64(d.N), float64(d.Right)/float64(d.N))
			}
		}
		all := float64(max(1, n))
		fmt.Fprintf(&b, "  all %24s %6d %6.2f %6.2f  expected error %.3f\n", "", n, sum/all, float64(right)/all, c.Error())
	}
	_, err := w.Write(b.Bytes())
	return err
}
