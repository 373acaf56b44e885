package when

import (
	"strings"
	"testing"
	"time"
)

func TestEaster(t *testing.T) {
	for _, want := range []string{"1998-04-12", "2000-04-23", "2008-03-23", "2011-04-24", "2024-03-31", "2025-04-20", "2038-04-25"} {
		at, err := time.Parse(time.DateOnly, want)
		if err != nil {
			t.Fatal(err)
		}
		if got := easter(at.Year()); !got.Equal(at) {
			t.Errorf("easter(%d) = %s, want %s", at.Year(), got.Format(time.DateOnly), want)
		}
	}
}

// Every feast is found in its example, within a year of the publication.
func TestFeasts(t *testing.T) {
	for _, line := range strings.Split(strings.TrimRight(feastData, "\n"), "\n")[1:] {
		c := strings.Split(line, "\t")
		d := plain(strings.ReplaceAll(strings.TrimSuffix(c[3], "."), "'s", " 's"))
		d.Published = time.Date(2025, 3, 5, 0, 0, 0, 0, time.UTC)
		run(t, d)
		if len(d.Times) != 1 {
			t.Errorf("%s: %d times", c[3], len(d.Times))
			continue
		}
		x := d.Times[0]
		if got := strings.ToLower(d.Slice(x.Span)); !strings.HasSuffix(got, c[0]) || x.From.After(d.Published.AddDate(1, 0, 0)) || x.From.Before(d.Published.AddDate(-1, 0, 0)) {
			t.Errorf("%s: %q on %s", c[3], got, x.Date(x.From))
		}
	}
}
