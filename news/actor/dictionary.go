package actor

import (
	"strings"
	"time"

	"readout/doc"
)

// Dictionary is a user's own list of who is who, asked before the registry for
// the codes of actors. Words are the tokens of a sentence.
type Dictionary interface {
	// Actor gives the code at a date of the longest name that begins with word i
	// of n, "---" for what is nobody, and how many words it takes; 0 for none.
	Actor(words func(i int) string, n, i int, at time.Time) (code string, length int)
	// Agent gives the code of the longest noun that begins with word i of n,
	// whether it goes before a country's code (NGO) or after it (GOV), and how many
	// words the noun takes; 0 for none.
	Agent(words func(i int) string, n, i int) (code string, before bool, length int)
}

// nobody is the code of what a dictionary says is no actor.
const nobody = "---"

// listed is what a dictionary knows of some words.
type listed struct {
	actor      string // a code, or ""
	words      int    // of its name
	agent      string // a code, or ""
	agentWords int
	before     bool // the agent's code goes before a country's
	head       bool // the agent is the head of its phrase
}

// join is the code of an agent of a country: "FRA" and COP is FRACOP. A code that
// has a role keeps it.
func (l *listed) join(country string) string {
	switch {
	case l.agent == "" || len(country) > 3:
		return country
	case l.before:
		return l.agent + country
	}
	return country + l.agent
}

// byDictionary is the country and code of a cluster by the dictionary, those of
// the registry where it has none. Of its names the longest decides, the earliest
// of several; a bare country keeps the role that the text gives. A name that the
// registry knows in more words than the dictionary stays the registry's: "Bank of
// China" is not CHINA. Role nouns say what is described ("Kenyan police", also
// before a person's name), not bodies that the registry knows.
func (r *run) byDictionary(c *cluster, country, code string) (string, string) {
	if r.dict == nil || len(c.members) > 0 {
		return country, code
	}
	known := c.entry != nil && c.class != classPerson
	var found listed
	for _, k := range c.phrases {
		p := &r.phrases[k]
		if p.form == doc.FormPronoun {
			continue
		}
		nouns, words := !known, 0
		if p.name >= 0 {
			x := &r.names[p.name]
			if x.best.Entry != nil {
				words = x.best.N
			}
			if !x.title.Empty() && x.title.End <= p.span.Begin {
				r.look(x.title, p.head, 0, nouns, &found)
			}
			if c.class == classPerson {
				nouns = false
				r.lookName(p.span, words, &found)
				continue
			}
		}
		r.look(p.span, p.head, words, nouns, &found)
	}
	switch {
	case found.actor == nobody:
		return "", ""
	case len(found.actor) > 3:
		return found.actor[:3], found.actor
	case found.actor != "" && found.agent == "":
		if len(code) > len(country) && !supranational(country) {
			return found.actor, found.actor + strings.TrimPrefix(code, country)
		}
		return found.actor, found.actor
	case found.actor != "":
		country = found.actor
	case found.agent == "" || supranational(country):
		return country, code
	}
	if code = found.join(country); country != "" {
		country = code[:3]
	}
	return country, code
}

// look adds what the dictionary knows of some words of a phrase: names of at
// least so many words, and nouns where asked.
func (r *run) look(s doc.Span, head int32, known int, nouns bool, to *listed) {
	for i := s.Begin; i < s.End; {
		step := int32(1)
		if code, n := r.dict.Actor(r.word, int(s.End), int(i), r.at()); n > 0 && r.mayName(i) {
			if n >= known && n > to.words {
				to.actor, to.words = code, n
			}
			step = int32(n)
		} else if code, before, n := r.dict.Agent(r.word, int(s.End), int(i)); nouns && n > 0 {
			main := i <= head && head < i+int32(n)
			if to.agent == "" || main && !to.head || main == to.head && n > to.agentWords {
				to.agent, to.before, to.agentWords, to.head = code, before, n, main
			}
			step = int32(n)
		}
		i += step
	}
}

// lookName adds the name of a person that ends one: "Ilse Vandorne" or "Vandorne"
// of "Ilse Vandorne", but not "Ilse".
func (r *run) lookName(s doc.Span, known int, to *listed) {
	for i := s.Begin; i < s.End; i++ {
		if code, n := r.dict.Actor(r.word, int(s.End), int(i), r.at()); n > 0 && i+int32(n) == s.End {
			if n >= known && n > to.words {
				to.actor, to.words = code, n
			}
			return
		}
	}
}

// mayName reports whether a name may begin with token i.
func (r *run) mayName(i int32) bool {
	switch r.d.UPOS(i) {
	case doc.NOUN, doc.PROPN, doc.ADJ, doc.NUM, doc.X:
		return true
	case doc.DET: // "The Hague"
		return true
	}
	return false
}

// listedNoun makes people, or a person, of a noun that only the dictionary knows
// as an agent.
func (r *run) listedNoun(p *phrase) {
	if r.dict == nil || p.class != classThing && p.class != classUnset {
		return
	}
	for i := p.span.Begin; i <= p.head; i++ {
		if _, _, n := r.dict.Agent(r.word, int(p.head)+1, int(i)); n > 0 && i+int32(n) == p.head+1 {
			if p.number == numberMany {
				p.class, p.form = classPeople, doc.FormGroup
			} else {
				p.class, p.number = classBody, numberEither
			}
			return
		}
	}
}
