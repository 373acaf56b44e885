package eval

import (
	"context"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"readout/eval/corpus"
	"readout/reading"
	"readout/record"
)

// SizeConfig says how a record is made large and timed.
type SizeConfig struct {
	Ledger *record.Ledger // an empty one
	Seed   uint64
	// PerDay is how many articles of the corpus appear in a day; 0 leaves it to
	// package corpus.
	PerDay   float64
	Articles int
	// Together is how many are added at once, as 'readout add' and workers do with
	// what is there; 0 means one.
	Together int
	Added    func(int) // is called with how many were; nil for not
	// Made says that the ledger is not empty but has the articles: nothing is
	// added, and the views alone are timed.
	Made bool
	// Open opens the record anew, for the first look at each view; nil leaves that
	// out.
	Open func(context.Context) (*record.Ledger, io.Closer, error)
	// Understand reads a claim; nil leaves claims out.
	Understand record.Understand
}

// Size is what it costs to add articles, and to look at them. Readings are made
// from the truth of the corpus, and no time of making them counts.
type Size struct {
	Added []AddCost
	Views []ViewCost
	// The most memory that the process has held, in bytes; 0 where the system
	// does not tell.
	PeakAdding, PeakLooking uint64
}

// AddCost is the cost of adding one article to a record of a size: the mean over
// the articles before it, as many as a tenth of them but at most a thousand.
type AddCost struct {
	Articles int
	Mean     time.Duration
	CPU      time.Duration // of processors; 0 where the system does not tell
}

// ViewCost is what a view took, of several times.
type ViewCost struct {
	View          string
	First         time.Duration // by a process that has just opened the record; 0 where none did
	Median, Worst time.Duration
	CPU           time.Duration // of processors, the least; 0 where the system does not tell
	Allocated     uint64        // bytes, by one of them
}

// MeasureSize adds a generated corpus to a record and times the views of it.
func MeasureSize(ctx context.Context, c SizeConfig) (*Size, error) {
	seq, err := corpus.Articles(corpus.Config{Seed: c.Seed, PerDay: c.PerDay})
	if err != nil {
		return nil, err
	}
	s := &Size{}
	var spent, busy []time.Duration // of one article
	var last *corpus.Article
	var pair []*corpus.Article
	var batch []record.Addition
	n := 0
	for a := range seq {
		n++
		if last != nil && last.Mentions != nil && a.Mentions != nil && last.Mentions[0].Event == a.Mentions[0].Event {
			pair = []*corpus.Article{last, a}
		}
		last = a
		end := n == c.Articles
		if c.Made {
			if end {
				break
			}
			continue
		}
		article, r := Generated(a)
		batch = append(batch, record.Addition{Article: article, Reading: r})
		if len(batch) < c.Together && !end {
			continue
		}
		begin, cpu := time.Now(), cpuTime()
		if _, err := c.Ledger.AddAll(ctx, batch); err != nil {
			return nil, err
		}
		n := time.Duration(len(batch))
		took, worked := time.Since(begin)/n, (cpuTime()-cpu)/n
		for range batch {
			spent, busy = append(spent, took), append(busy, worked)
			if n := len(spent); n == c.Articles || n >= 1000 && strings.Trim(strconv.Itoa(n)[1:], "0") == "" && strconv.Itoa(n)[0] == '1' {
				over := n - min(max(n/10, 1), 1000)
				s.Added = append(s.Added, AddCost{n, mean(spent[over:]), mean(busy[over:])})
			}
		}
		if c.Added != nil {
			c.Added(len(batch))
		}
		batch = nil
		if end {
			break
		}
	}
	s.PeakAdding = peakMemory()
	if err := s.views(ctx, &c, last, pair); err != nil {
		return nil, err
	}
	s.PeakLooking = peakMemory()
	return s, nil
}

func mean(list []time.Duration) time.Duration {
	var sum time.Duration
	for _, d := range list {
		sum += d
	}
	return sum / time.Duration(len(list))
}

// Generated is a generated article as the record takes it, with the reading from
// its truth.
func Generated(a *corpus.Article) (*record.Article, *reading.Reading) {
	return &record.Article{
		Text: a.Text, Key: a.Key, Title: a.Title, Outlet: a.Outlet, Byline: a.Byline, Credit: a.Credit, URL: a.URL, Language: "en",
		Published: a.Published, Modified: a.Modified,
	}, a.Reading()
}

// peakMemory is the most memory that the process has held, in bytes, as Linux
// tells it; 0 elsewhere.
func peakMemory() uint64 {
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(b)) {
		if f := strings.Fields(line); len(f) == 3 && f[0] == "VmHWM:" {
			kb, _ := strconv.ParseUint(f[1], 10, 64) // 0 for what is no number
			return kb << 10
		}
	}
	return 0
}

// Write prints the figures as tables. On a machine that does other work the
// time of processors tells more than the clock.
func (s *Size) Write(w io.Writer) error {
	var err error
	put := func(format string, args ...any) {
		if err == nil {
			_, err = fmt.Fprintf(w, format, args...)
		}
	}
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	if len(s.Added) > 0 {
		put("%-28s %10s %10s\n", "adding an article", "ms", "processor")
	}
	for _, a := range s.Added {
		put("%-28s %10.2f %10.2f\n", fmt.Sprintf("the %dth", a.Articles), ms(a.Mean), ms(a.CPU))
	}
	if n := len(s.Added); n > 1 {
		first, last := s.Added[0], s.Added[n-1]
		put("the last costs %.2f times the first", float64(last.Mean)/float64(first.Mean))
		if n > 2 {
			put("; by the last tenfold step the millionth would cost %.2f ms", ms(last.Mean)*float64(last.Mean)/float64(s.Added[n-2].Mean))
		}
		put("\n")
	}
	put("\n%-28s %10s %10s %10s %10s %10s\n", "a view", "first ms", "median ms", "worst ms", "processor", "MB made")
	for _, v := range s.Views {
		put("%-28s %10.1f %10.1f %10.1f %10.1f %10.1f\n", v.View, ms(v.First), ms(v.Median), ms(v.Worst), ms(v.CPU), float64(v.Allocated)/1e6)
	}
	if s.PeakAdding > 0 {
		put("\nmost memory held: %.0f MB adding, %.0f MB in all\n", float64(s.PeakAdding)/1e6, float64(s.PeakLooking)/1e6)
	}
	return err
}
