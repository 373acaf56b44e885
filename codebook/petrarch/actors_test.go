package petrarch

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

const actors = `# of the archipelago of Sabrena
SABRENA_ [SBR]
+SABRENAN
+REPUBLIC_OF_SABRENA_
<!-- two who
have ruled -->
ILSE_VAN-DORNE_ ; president
+VAN_DORNE
	[SBRGOV 20010101-20081231]
	[SBRELI >20090101]
	[SBRBUS <001231]
OTTO_KLEM [SBRLEG] [SBRGOV 19990101-20200101]
	[SBRMIL 20050301-20050331] # a month as minister of war
	[SBROPP > 202100]
THE_SABRENA_HERALD [---]
SABRENA_LIBERATION_ARMY_(SLA) [SBRREB]
` + "\ufeffÖSTMARK [OST]\r\n"

func readAll(t testing.TB, actors, agents, verbs string) (*Dictionary, []string) {
	t.Helper()
	var d Dictionary
	var passed []string
	for i, read := range []func() (Loaded, error){
		func() (Loaded, error) { return d.ReadActors("a", strings.NewReader(actors)) },
		func() (Loaded, error) { return d.ReadAgents("g", strings.NewReader(agents)) },
		func() (Loaded, error) { return d.ReadVerbs("v", strings.NewReader(verbs)) },
	} {
		l, err := read()
		if err != nil {
			t.Fatalf("file %d: %v", i, err)
		}
		for _, p := range l.Passed {
			passed = append(passed, p.Error())
		}
	}
	return &d, passed
}

func wordsOf(list []string) func(int) string { return func(i int) string { return list[i] } }

func TestActor(t *testing.T) {
	d, passed := readAll(t, actors, "", "")
	if len(passed) != 1 || !strings.Contains(passed[0], "202100") {
		t.Errorf("passed over: %q, want the line with 202100 only", passed)
	}
	for _, c := range []struct {
		text, day, code string
		words           int
	}{
		{"Sabrena said", "2010-01-01", "SBR", 1},
		{"Sabrenan troops", "", "SBR", 1},
		{"the Republic of Sabrena", "2010-01-01", "", 0},
		{"Republic of Sabrena", "2010-01-01", "SBR", 3},
		{"sabrena", "2010-01-01", "", 0},
		{"SABRENA", "2010-01-01", "SBR", 1},
		{"Ilse Van Dorne", "2000-12-31", "SBRBUS", 3},
		{"Ilse Van Dorne", "2001-01-01", "SBRGOV", 3},
		{"Ilse van Dorne", "2008-12-31", "SBRGOV", 3},
		{"Ilse van - Dorne", "2009-01-01", "SBRELI", 4},
		{"Van Dorne", "", "SBRELI", 2},
		{"Otto Klem", "1998-01-01", "SBRLEG", 2}, // only the code without dates holds
		{"Otto Klem", "2004-01-01", "SBRGOV", 2}, // the dated one comes first
		{"Otto Klem", "2005-03-31", "SBRMIL", 2}, // and of two the shorter
		{"Otto Klem", "", "SBRLEG", 2},
		{"The Sabrena Herald", "2010-01-01", Nobody, 3}, // the longest name wins
		{"Sabrena Liberation Army", "2010-01-01", "SBRREB", 3},
		{"Sabrena Liberation", "2010-01-01", "SBR", 1},
		{"Östmark", "2010-01-01", "OST", 1},
	} {
		day, _ := time.Parse(time.DateOnly, c.day)
		w := strings.Fields(c.text)
		if code, n := d.Actor(wordsOf(w), len(w), 0, day); code != c.code || n != c.words {
			t.Errorf("%q on %q: %q, %d words; want %q, %d", c.text, c.day, code, n, c.code, c.words)
		}
	}
}

func TestActorLines(t *testing.T) {
	for _, c := range []struct{ file, want string }{
		{"[SBR]", "a:1: a code before any name; put the name above it"},
		{"+SABRENA", "a:1: a further name before any actor; drop the +"},
		{"\nSABRENA\n\nOSTMARK [OST]", "a:2: no code; write [CODE] behind the name or below it, or + before it if it is one more name of the actor above"},
		{"SABRENA [SBR", "a:1: a [ without a ]; write the code as [CODE]"},
		{"SABRENA SBR]", "a:1: a ] without a [; write the code as [CODE]"},
		{"SABRENA [SBR] island", "a:1: words behind the code; begin a comment with #"},
		{"SABRENA [S]", `a:1: code "S"; three capitals or more are wanted, or --- for nobody`},
		{"SABRENA []", "a:1: an empty code; write [CODE]"},
		{"SABRENA_+OSTMARK [SBR]", "a:1: a + within a name; put the second name on a line of its own"},
		{"___ [SBR]", "a:1: no name; write one, its words joined by _"},
		{"A [SBR]\n\t[SBRGOV 20010230-20020101]", "a:2: there is no day 20010230; write YYYYMMDD or YYMMDD"},
		{"A [SBR]\n\t[SBRGOV 2001013-20020101]", `a:2: day "2001013"; write YYYYMMDD or YYMMDD`},
		{"A [SBR]\n\t[SBRGOV 20010130]", `a:2: dates "20010130"; write <DAY, >DAY or DAY-DAY`},
		{"A [SBR]\n\t[SBRGOV 20020101-20010101]", `a:2: dates "20020101-20010101" end before they begin; turn them round`},
		{"SABR\xffNA [SBR]", "a:1: the line is not UTF-8; save the file as UTF-8"},
		{strings.Repeat("A", maxLine+1), "a:1: the line is longer than 16 KiB; is this a dictionary?"},
		{strings.Repeat("A_", 30) + " [SBR]", "a:1: a name of 30 words; 24 are the most"},
	} {
		if _, passed := readAll(t, c.file, "", ""); len(passed) != 1 || passed[0] != c.want {
			t.Errorf("%.40q: %q\nwant %q", c.file, passed, c.want)
		}
	}
	// What is well-formed around it holds.
	d, passed := readAll(t, "A [SBR]\n\t[SBRGOV 2001]\n+B_+C\n+D\n", "", "")
	if len(passed) != 2 {
		t.Errorf("passed over: %q, want two lines", passed)
	}
	for _, name := range []string{"A", "D"} {
		if code, _ := d.Actor(wordsOf([]string{name}), 1, 0, time.Time{}); code != "SBR" {
			t.Errorf("%s: code %q, want SBR", name, code)
		}
	}
}

func TestDays(t *testing.T) {
	for _, c := range []struct {
		text string
		last bool
		want int32
	}{
		{"20010203", false, 20010203}, {"010203", false, 20010203}, {"300101", false, 20300101}, {"310101", false, 19310101},
		{"991200", false, 19991200}, {"991200", true, 19991231}, {"19990000", true, 19991231}, {"19990000", false, 19990000},
	} {
		if got, err := parseDay(c.text, c.last); got != c.want || err != nil {
			t.Errorf("parseDay(%q, %v) = %d, %v; want %d", c.text, c.last, got, err, c.want)
		}
	}
}

// large is a file of n actors with a synonym and a dated role each.
func large(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "GIVEN%d_FAMILY%d_ # source\n+MINISTER_FAMILY%d_\n\t[SBRGOV 19%02d0101-20%02d0101]\n\t[SBRELI >20%02d0102]\n", i%5000, i, i, i%100, i%30, i%30)
	}
	return b.String()
}

func BenchmarkReadActors(b *testing.B) {
	text := large(60_000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		var d Dictionary
		if l, err := d.ReadActors("a", strings.NewReader(text)); err != nil || l.Entries != 60_000 {
			b.Fatal(l.Entries, err)
		}
	}
	b.ReportMetric(float64(60_000*b.N)/b.Elapsed().Seconds(), "entries/s")
}

func FuzzActors(f *testing.F) {
	f.Add(actors)
	f.Add("A [SBR]\n+B\n\t[SBRGOV <010101] [---]\n<!-- x\n--> C [OST]")
	f.Fuzz(func(t *testing.T, text string) {
		var d Dictionary
		l, err := d.ReadActors("a", strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		lines := 1 + strings.Count(text, "\n")
		for _, p := range l.Passed {
			if p.Line < 1 || p.Line > lines || !strings.Contains(p.Msg, ";") {
				t.Errorf("%v: of %d lines, without a ;", p, lines)
			}
		}
		if l.Entries != len(d.roles) || l.Phrases < l.Entries {
			t.Errorf("%d entries, %d phrases, %d sets of roles", l.Entries, l.Phrases, len(d.roles))
		}
		for _, roles := range d.roles {
			for _, r := range roles {
				if len(r.code) < 3 || r.from > r.to {
					t.Errorf("role %+v", r)
				}
			}
		}
		words := strings.Fields(text)
		for i := range words {
			code, n := d.Actor(wordsOf(words), len(words), i, time.Time{})
			if (code == "") != (n == 0) || i+n > len(words) {
				t.Errorf("word %d of %d: %q, %d words", i, len(words), code, n)
			}
		}
	})
}
