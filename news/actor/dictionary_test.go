package actor

import (
	"context"
	"strings"
	"testing"
	"time"

	"readout/conllu"
	"readout/doc"
)

// listing is a dictionary of a few phrases.
type listing struct{ actors, agents map[string]string }

func longest(m map[string]string, words func(int) string, n, i int) (string, int) {
	code, length := "", 0
	phrase := ""
	for k := i; k < n; k++ {
		phrase = strings.TrimSpace(phrase + " " + words(k))
		if c, ok := m[phrase]; ok {
			code, length = c, k+1-i
		}
	}
	return code, length
}

func (l listing) Actor(words func(int) string, n, i int, at time.Time) (string, int) {
	code, length := longest(l.actors, words, n, i)
	if before, after, ok := strings.Cut(code, "|"); ok { // before 2015 and from then on
		if code = before; at.Year() >= 2015 {
			code = after
		}
	}
	return code, length
}

func (l listing) Agent(words func(int) string, n, i int) (string, bool, int) {
	code, length := longest(l.agents, words, n, i)
	return strings.TrimSuffix(code, "~"), strings.HasSuffix(code, "~"), length
}

// The codes of actors come from the dictionary where it has them.
func TestDictionary(t *testing.T) {
	names := map[string]string{
		"Kenyan": "KEN", "Amina Diallo": "KENGOV|KENOPP", "Diallo": "KENBUS", "Bank": "USABUS", "Gazette": nobody, "Kenyan Gazette": nobody,
		"China": "CHN",
	}
	nouns := map[string]string{"president": "GOV", "President": "GOV", "wardens": "AGR", "wardens at": "XXX", "agencies": "NGO~"}
	for _, c := range []struct{ name, text, want string }{
		{"a name at the date, before the title's adjective", `
			1 Kenyan Kenyan ADJ JJ _ 2 amod _ _
			2 President President PROPN NNP _ 3 nmod:desc _ _
			3 Amina Amina PROPN NNP _ 5 nsubj _ NER=B-PER
			4 Diallo Diallo PROPN NNP _ 3 flat _ NER=I-PER
			5 left leave VERB VBD _ 0 root _ _`, "Amina Diallo KEN KENOPP"},
		{"a country and a role noun", `
			1 Kenyan Kenyan ADJ JJ _ 2 amod _ _
			2 wardens warden NOUN NNS Number=Plur 3 nsubj _ _
			3 protested protest VERB VBD _ 0 root _ _`, "Kenyan wardens KEN KENAGR"},
		{"a code before the country's", `
			1 Kenyan Kenyan ADJ JJ _ 2 amod _ _
			2 agencies agency NOUN NNS Number=Plur 3 nsubj _ _
			3 protested protest VERB VBD _ 0 root _ _`, "Kenyan agencies NGO NGOKEN"},
		{"a role noun beside the registry's country", `
			1 Chilean Chilean ADJ JJ _ 2 amod _ _
			2 wardens warden NOUN NNS Number=Plur 3 nsubj _ _
			3 protested protest VERB VBD _ 0 root _ _`, "Chilean wardens CHL CHLAGR"},
		{"nobody", `
			1 The the DET DT _ 3 det _ _
			2 Kenyan Kenyan PROPN NNP _ 3 compound _ NER=B-ORG
			3 Gazette Gazette PROPN NNP _ 4 nsubj _ NER=I-ORG
			4 wrote write VERB VBD _ 0 root _ _`, "Kenyan Gazette  "},
		{"a name the registry knows in more words", `
			1 South South PROPN NNP _ 2 compound _ NER=B-LOC
			2 China China PROPN NNP _ 3 compound _ NER=I-LOC
			3 Sea Sea PROPN NNP _ 4 nsubj _ NER=I-LOC
			4 froze freeze VERB VBD _ 0 root _ _`, "South China Sea  "},
		{"what it does not have", `
			1 Chilean Chilean ADJ JJ _ 2 amod _ _
			2 troops troops NOUN NNS Number=Plur 3 nsubj _ _
			3 left leave VERB VBD _ 0 root _ _`, "Chilean troops CHL CHLMIL"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := conllu.MustDoc(c.text)
			d.Has |= doc.LayerNames
			d.Published = time.Date(2015, 3, 1, 0, 0, 0, 0, time.UTC)
			s, err := New(Config{Dictionary: listing{names, nouns}})
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Run(context.Background(), d); err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, a := range d.Actors {
				got = append(got, a.Name+" "+a.Country+" "+a.Code)
			}
			if s := strings.Join(got, "; "); s != c.want {
				t.Errorf("actors %q, want %q", s, c.want)
			}
		})
	}
}
