package eval

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"readout"
	"readout/ingest"
	"readout/reading"
	"readout/record"
)

// ClaimScore is how often the verdict on a claim is the expected one.
type ClaimScore struct {
	Part  string // tune: rules were mended on it; held: only measured
	Right map[string]int
	Cases map[string]int // by the expected verdict
	// Alarms are claims that the record does not address and on which a passage
	// was said to support or contradict them.
	Alarms int
	Wrong  []string
}

// Verdicts are what a claim can be, as they are reported.
var Verdicts = []string{record.Supported, record.Contradicted, record.Disputed, record.NotAddressed}

// Total is the number of right verdicts and of all.
func (s *ClaimScore) Total() (right, cases int) {
	for _, v := range Verdicts {
		right, cases = right+s.Right[v], cases+s.Cases[v]
	}
	return right, cases
}

// claimCase is a line of claims.tsv.
type claimCase struct{ part, verdict, claim string }

// Claims reads the articles of a corpus into a record and asks it about each of
// the claims in a table with the columns part, verdict and claim.
func Claims(ctx context.Context, r *readout.Reader, dir, table string) ([]ClaimScore, error) {
	cases, err := claimCases(table)
	if err != nil {
		return nil, err
	}
	l, err := record.Open(ctx, record.Config{Store: record.NewMemory(), Now: time.Now})
	if err != nil {
		return nil, err
	}
	for it := range ingest.Items(ingest.Config{}, []string{dir}) {
		if it.Err != nil {
			return nil, fmt.Errorf("%s: %w", it.Name, it.Err)
		}
		a := it.Article
		d, err := r.Read(ctx, a)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", it.Name, err)
		}
		ra := record.Article{Text: a.Text, Key: a.Key, Title: a.Title, Outlet: a.Outlet, Byline: a.Byline, Credit: a.Credit, URL: a.URL, Published: a.Published, Modified: a.Modified}
		if _, err := l.Add(ctx, &ra, reading.New(d, readout.Model)); err != nil {
			return nil, err
		}
	}
	var out []ClaimScore
	for _, c := range cases {
		i := slices.IndexFunc(out, func(s ClaimScore) bool { return s.Part == c.part })
		if i < 0 {
			i = len(out)
			out = append(out, ClaimScore{Part: c.part, Right: map[string]int{}, Cases: map[string]int{}})
		}
		v, err := l.Support(ctx, record.Query{}, c.claim, Understand(r))
		if err != nil {
			return nil, err
		}
		s := &out[i]
		s.Cases[c.verdict]++
		if v.Verdict == c.verdict {
			s.Right[c.verdict]++
			continue
		}
		if c.verdict == record.NotAddressed {
			s.Alarms++
		}
		s.Wrong = append(s.Wrong, fmt.Sprintf("%s, and is %s: %s", v.Verdict, c.verdict, c.claim))
	}
	return out, nil
}

// Understand reads claims with a reader.
func Understand(r *readout.Reader) record.Understand {
	return func(ctx context.Context, words string, day time.Time) (record.Understood, error) {
		d, err := r.Read(ctx, readout.Article{Text: words, Published: day})
		if err != nil {
			return record.Understood{}, err
		}
		u := record.Understood{Reading: reading.New(d, readout.Model)}
		for i := range d.Times {
			t := &d.Times[i]
			u.Times = append(u.Times, reading.Time{Text: d.Slice(t.Span), From: t.Date(t.From), To: t.Date(t.To), Granularity: t.Unit.String()})
		}
		return u, nil
	}
}

func claimCases(name string) ([]claimCase, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []claimCase
	line := 0
	for s := bufio.NewScanner(f); s.Scan(); {
		line++
		c := strings.Split(s.Text(), "\t")
		if line == 1 {
			continue
		}
		if len(c) != 3 || !slices.Contains(Verdicts, c[1]) {
			return nil, fmt.Errorf("%s:%d: it needs part, verdict and claim", name, line)
		}
		out = append(out, claimCase{c[0], c[1], c[2]})
	}
	return out, nil
}

// FormatClaims writes scores as lines.
func FormatClaims(list []ClaimScore) string {
	var b strings.Builder
	for i := range list {
		s := &list[i]
		right, cases := s.Total()
		fmt.Fprintf(&b, "claims %-5s %d of %d", s.Part, right, cases)
		for _, v := range Verdicts {
			fmt.Fprintf(&b, "  %s %d/%d", v, s.Right[v], s.Cases[v])
		}
		fmt.Fprintf(&b, "  false alarms %d\n", s.Alarms)
	}
	return b.String()
}
