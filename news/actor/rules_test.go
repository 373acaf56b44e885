package actor_test

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"readout"
	"readout/doc"
)

// read reads a text with the embedded models, as of 2015.
func read(t *testing.T, r *readout.Reader, text string) *doc.Document {
	t.Helper()
	d, err := r.Read(context.Background(), readout.Article{Text: text, Published: time.Date(2015, 3, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func reader(t *testing.T) *readout.Reader {
	t.Helper()
	r, err := readout.New(readout.Config{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Each row of groups.tsv gives the members it says it does.
func TestGroupRows(t *testing.T) {
	r := reader(t)
	b, err := os.ReadFile("data/groups.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(b)), "\n")[1:] {
		f := strings.Split(line, "\t")
		checkGroup(t, read(t, r, f[2]), f[2], strings.Split(f[3], "|"))
	}
	for _, tt := range []struct {
		text string
		want []string
	}{
		{"Talks between Tariq Aziz and James Baker failed. The two men left without a word.", []string{"Aziz", "Baker"}},
		{"President Omar Keita met President Ali Bongo in Libreville. Both presidents praised the accord.", []string{"Omar Keita", "Ali Bongo"}},
		{"Kenya and Somalia quarrel over fish. Both countries went to court.", []string{"Kenya", "Somalia"}},
		{"Ethiopia wants peace with Eritrea. The two neighbours share a border.", []string{"Ethiopia", "Eritrea"}},
		{"Hamas and Israel agreed to a truce. Both sides claimed victory.", []string{"Hamas", "Israel"}},
		{"Greek and Turkish officials met in Athens.", []string{"Greece", "Turkey"}},
	} {
		checkGroup(t, read(t, r, tt.text), tt.text, tt.want)
	}
}

func checkGroup(t *testing.T, d *doc.Document, text string, want []string) {
	t.Helper()
	for _, a := range d.Actors {
		if a.Kind != doc.KindGroup || len(a.Members) != len(want) {
			continue
		}
		all := true
		for _, w := range want {
			all = all && slices.ContainsFunc(a.Members, func(m doc.ActorID) bool { return strings.Contains(d.Actors[m].Name, w) })
		}
		if all {
			return
		}
	}
	t.Errorf("%q: no group of %v", text, want)
}

// Capitals are towns or governments, as the rows of verbs.tsv have it.
func TestCapitals(t *testing.T) {
	r := reader(t)
	for _, tt := range []struct {
		text, mention, name string
		kind                doc.ActorKind
	}{
		{"Ankara rejected the proposal.", "Ankara", "Turkey", doc.KindCountry},
		{"Ankara is ready to talk.", "Ankara", "Turkey", doc.KindCountry},
		{"Tehran has not commented on the letter.", "Tehran", "Iran", doc.KindCountry},
		{"The bloc urged Minsk to free them.", "Minsk", "Belarus", doc.KindCountry},
		{"They sent a letter to Tehran.", "Tehran", "Iran", doc.KindCountry},
		{"Relations between Cairo and Ankara improved.", "Cairo", "Egypt", doc.KindCountry},
		{"Baku's demands were refused.", "Baku", "Azerbaijan", doc.KindCountry},
		{"The ministers met in Ankara on Friday.", "Ankara", "Ankara", doc.KindPlace},
		{"Vienna has hosted such talks before.", "Vienna", "Vienna", doc.KindPlace},
		{"She flew to Minsk on Tuesday.", "Minsk", "Minsk", doc.KindPlace},
	} {
		d := read(t, r, tt.text)
		found := false
		for _, m := range d.Mentions {
			if d.Slice(m.Span) == tt.mention {
				a := d.Actors[m.Actor]
				found = true
				if a.Kind != tt.kind || a.Name != tt.name {
					t.Errorf("%q: %s is the %s %s, want the %s %s", tt.text, tt.mention, a.Kind, a.Name, tt.kind, tt.name)
				}
			}
		}
		if !found {
			t.Errorf("%q: no mention %s", tt.text, tt.mention)
		}
	}
}

// Who "I", "he" and "the official" are.
func TestSpeakers(t *testing.T) {
	r := reader(t)
	for _, tt := range []struct{ text, pronoun, want string }{
		{"“I am content,” the Kenyan minister Amina Diallo said.", "I", "Amina Diallo"},
		{"Foreign Minister Amina Diallo told reporters: “My government will sign.”", "My", "Amina Diallo"},
		{"Peter Novak met Ms. Susan Gomez in Lima. She said the talks would go on.", "She", "Susan Gomez"},
		{"Peter Novak said he would resign.", "he", "Peter Novak"},
		{"“Yes,” said Peter Novak. “We will go.” He left at once.", "He", "Peter Novak"},
		{"As he left the palace, Peter Novak waved.", "he", "Peter Novak"},
	} {
		d := read(t, r, tt.text)
		found := false
		for _, m := range d.Mentions {
			if d.Slice(m.Span) == tt.pronoun {
				found = true
				if got := d.Actors[m.Actor].Name; got != tt.want {
					t.Errorf("%q: %s is %s, want %s", tt.text, tt.pronoun, got, tt.want)
				}
			}
		}
		if !found {
			t.Errorf("%q: %s is nobody, want %s", tt.text, tt.pronoun, tt.want)
		}
	}
}
