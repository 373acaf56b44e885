package registry

import (
	"errors"
	"strings"
	"testing"
)

func TestIllFormedTables(t *testing.T) {
	for _, c := range []struct{ name, table, want string }{
		{"empty", "", "mine.tsv:1: the table is empty: the first line must name the columns"},
		{"not a table", "Kremlin said so", "mine.tsv:1: the first line must name the columns, with tabs between them; see docs/registry.md"},
		{"unknown columns", "who\twhat", "mine.tsv:1: no table has these columns; see docs/registry.md for those there are"},
		{"two columns of one name", "body\tbody", `mine.tsv:1: two columns are named "body"`},
		{"column without a name", "body\t\tkind", "mine.tsv:1: column 2 has no name"},
		{"misspelt column", "body\tkind\tcountry\tname", `mine.tsv:1: a table of bodies has no column "name": it takes body, kind, country, key, names, acronyms, adjectives, sector, sector2, code, members, wikidata, source`},
		{"too many cells", "body\tkind\tcountry\n\nMSC\tbody\tDEU\tmore", "mine.tsv:3: 4 cells, but the header has 3: remove a tab"},
		{"no name", "body\tkind\tcountry\n\tbody\tDEU", "mine.tsv:2: no body: every row needs one"},
		{"unknown kind", "body\tkind\tcountry\nMSC\tclub\tDEU", `mine.tsv:2: kind "club" of a body is not body, armed, agency or platform`},
		{"bad country", "body\tkind\tcountry\nMSC\tbody\tGermany", `mine.tsv:2: country "Germany" is not a code of three capitals, such as FRA or IGO`},
		{"bad date", "key\tname\tcountry\ttitle\trole\tfrom\njo-doe\tJo Doe\tFRA\tMayor\tGOV\t18.8.2025", `mine.tsv:2: from: date "18.8.2025" is not YYYY, YYYY-MM or YYYY-MM-DD`},
		{"no such day", "key\tname\tcountry\ttitle\trole\tfrom\njo-doe\tJo Doe\tFRA\tMayor\tGOV\t2025-02-30", "mine.tsv:2: from: there is no day 2025-02-30"},
		{"dates the wrong way round", "key\tname\tcountry\ttitle\trole\tfrom\tto\njo-doe\tJo Doe\tFRA\tMayor\tGOV\t2025-02\t2024", "mine.tsv:2: from 2025-02 is after to 2024"},
		{"bad level", "key\tname\tcountry\ttitle\trole\tlevel\njo-doe\tJo Doe\tFRA\tMayor\tGOV\ttop", `mine.tsv:2: level "top" is not leaders, ministers, envoys or officials`},
		{"bad item", "key\tname\tcountry\ttitle\trole\twikidata\njo-doe\tJo Doe\tFRA\tMayor\tGOV\tJoDoe", `mine.tsv:2: wikidata "JoDoe" is not an item: write Q and a number, or nothing`},
		{"spelling of two words", "spelling\tvariants\nkyiv city\tkiev", `mine.tsv:2: spelling "kyiv city" is not one word: write names of several words as names of their entry`},
		{"not UTF-8", "body\tkind\tcountry\nM\xfcnchen\tbody\tDEU", "mine.tsv:2: not UTF-8: save the table as UTF-8"},
		{"endless line", "body\t" + strings.Repeat("x", maxLine), "mine.tsv:1: the line is longer than 64 KiB: is this a table?"},
		{"metonym of nobody", "metonym\tstands\tcode\texample\nThe Rock\tatlantis\tGIBGOV\tThe Rock refused.", `mine.tsv:2: the metonym The Rock stands for "atlantis", which no table has`},
	} {
		r, err := New(Config{Extra: []Table{{"mine.tsv", strings.NewReader(c.table)}}})
		var s *SyntaxError
		if r != nil || !errors.As(err, &s) || s.Error() != c.want {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}

func TestUsersRowsWin(t *testing.T) {
	r, err := New(Config{Extra: []Table{
		{"people.tsv", strings.NewReader("\ufeff# my desk\r\nkey\tname\tgender\tcountry\ttitle\trole\tfrom\tsource\r\n" +
			"ada-washington\tAda Washington\tf\tTTO\tForeign Minister\tGOV\t2026-01\tgazette\r\n")},
		{"bodies.tsv", strings.NewReader("key\tbody\tkind\tcountry\tacronyms\nmy-who\tWatch House Observatory\tbody\tNGO\tWHO\n")},
		{"places.tsv", strings.NewReader("place\tkind\tcountry\nWashington Rock\tbuilding\tTTO\n")},
		{"countries.tsv", strings.NewReader("alpha3\tname\tdemonyms\nFRA\tFrance\tGaul\n")},
		{"metonyms.tsv", strings.NewReader("metonym\tstands\tcode\texample\nThe Rock\tGIB\tGIBGOV\tThe Rock refused.\n")},
	}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, key string }{
		{"WHO", "my-who"},
		{"World Health Organization", "world-health-organization"},
		{"Washington", "ada-washington"},
		{"Gauls", "FRA"},
		{"French", "FRA"},
		{"Washington Rock", "place-tto-washington-rock"},
		{"The Rock", "metonym-the-rock"},
	} {
		if got := r.Lookup(c.name); len(got) == 0 || got[0].Entry.Key != c.key {
			t.Errorf("Lookup(%q) = %v, want %s", c.name, got, c.key)
		}
	}
	if got := r.Holders(ForeignMinister, "TTO", day(2026, 5, 1)); len(got) == 0 || got[0].Name != "Ada Washington" {
		t.Errorf("foreign minister of Trinidad and Tobago: %v", got)
	}
	if e := r.Entry("FRA"); e.Capital != "Paris" {
		t.Errorf("a user's row has lost the capital of France: %q", e.Capital)
	}
}

// FuzzTable reads any bytes as a user's table: no panic, no registry on an
// error, and the error is one that names a line.
func FuzzTable(f *testing.F) {
	for _, s := range []string{
		"body\tkind\tcountry\nMSC\tbody\tDEU\n",
		"key\tname\tvariants\tgender\tcountry\ttitle\trole\tlevel\tfrom\tto\njo-doe\tJo Doe\tJ. Doe|Joe Doe\tf\tFRA\tMayor\tGOV\tleaders\t2025\t\n",
		"alpha3\tname\tcapitals\tdemonyms\nATL\tAtlantis\tPoseidonis/Posidonis|Other\tAtlantean/Atlanteans|Deeper\n",
		"place\tkind\tcountry\tnames\nOld Mill\tbuilding\tATL\tMill|The Mill\n",
		"metonym\tstands\tcode\texample\nOld Mill\tFRA\tFRAGOV\tOld Mill refused.\n",
		"noun\trole\twho\texample\nbeekeeper\tAGR\tone\tA beekeeper spoke.\n",
		"office\tkind\texample\nlord warden\tgovernor\tLord Warden\n",
		"honorific\texample\nLaird\tLaird Hector spoke.\n",
		"spelling\tvariants\nhector\thektor\n",
		"given\tgender\nHector\tm\n",
		"", "\t", "body\n", "\ufeff\r\n", "a\tb\xff\n",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		b := newBuilder()
		b.own = true
		err := b.read("fuzz.tsv", strings.NewReader(s))
		if err == nil {
			var r *Registry
			if r, err = b.finish(); err == nil {
				for e := range r.Entries {
					if e.Key == "" || r.Entry(e.Key) != e {
						t.Fatalf("entry %+v is not found by its key", e)
					}
				}
				r.Lookup(s)
				return
			} else if r != nil {
				t.Fatal("a registry with an error")
			}
		}
		var se *SyntaxError
		if !errors.As(err, &se) || se.Line < 1 || se.Msg == "" {
			t.Fatalf("error %v names no line", err)
		}
	})
}

// FuzzFold folds anything: folding twice changes nothing, and the pieces found
// in a text are those of the text without the case.
func FuzzFold(f *testing.F) {
	for _, s := range []string{"Sana'a", "al-Qaeda", "U.S.", "Côte d’Ivoire", "İstanbul", "Владимир", "Þórður", "…", "\xff", "ẞ", "ŉ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if twice := Fold(once); twice != once {
			t.Errorf("Fold(%q) = %q, folded again %q", s, once, twice)
		}
	})
}
