package petrarch

import (
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"strings"
	"testing"
	"time"
)

// TestReal reads the dictionaries of the Open Event Data Alliance, where they
// are, and counts what is passed over, and why: slips of the files, each.
func TestReal(t *testing.T) {
	const dir = "../../../shared/data/registry/"
	var d Dictionary
	for _, c := range []struct {
		file    string
		read    func(string, io.Reader) (Loaded, error)
		entries int
		phrases int
		passed  map[string]int // by what is wrong
	}{
		{"petrarch_Phoenix.Countries.actors.txt.gz", d.ReadActors, 18352, 25845,
			map[string]int{"no code": 37, "day": 5, "dates": 3, "a ]": 1, "a +": 1}},
		{"petrarch_Phoenix.International.actors.txt.gz", d.ReadActors, 7837, 7903, map[string]int{"no code": 3, "day": 1, "words behind": 3, "a +": 1}},
		{"petrarch_Phoenix.MilNonState.actors.txt.gz", d.ReadActors, 1021, 1792, map[string]int{"a +": 1}},
		{"petrarch_Phoenix.agents.txt.gz", d.ReadAgents, 2243, 5210, map[string]int{"no code": 1, "a [": 1}},
		{"petrarch_CAMEO.2.0.txt.gz", d.ReadVerbs, 1817, 4659, map[string]int{"no set": 4, "a )": 2, "a pattern": 1, "code": 1, "word": 1}},
	} {
		f, err := os.Open(dir + c.file)
		if errors.Is(err, fs.ErrNotExist) {
			t.Skipf("no dictionaries in %s: they are not part of the repository", dir)
		}
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		l, err := c.read(c.file, z)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d entries, %d phrases, %d not used, %d passed over, in %v", l.Name, l.Entries, l.Phrases, l.NotUsed, len(l.Passed), time.Since(start))
		passed := map[string]int{}
		for _, p := range l.Passed {
			what, _, _ := strings.Cut(p.Msg, ";")
			for _, begin := range []string{"no code", "no set", "words behind", "day", "dates", "code", "a [", "a ]", "a )", "a +", "a pattern", "word"} {
				if strings.HasPrefix(what, begin) {
					what = begin
					break
				}
			}
			passed[what]++
		}
		if l.Entries != c.entries || l.Phrases != c.phrases || !maps.Equal(passed, c.passed) {
			t.Errorf("%s: %d entries, %d phrases, passed over %v; want %d, %d, %v", l.Name, l.Entries, l.Phrases, passed, c.entries, c.phrases, c.passed)
		}
	}
}
