package petrarch

import (
	"fmt"
	"strings"
)

// A pattern is what stands before the verb, a *, and what stands after it:
//
//	WORD           a word; in the text its lemma may stand for it ("talks" is TALK)
//	TWO_WORDS      words that follow one another
//	A/B            one of several
//	WORD_          the word as it is
//	&SET           a word of a set
//	{FORMER ALLY}  words of one noun phrase
//	(WITH &SET)    a phrase with that preposition, and words of it
//	$ + %          whoever acts, whom it is done to, whoever does so to each other
//	^              anybody or anything
//
// TABARI held patterns against the text from left to right, PETRARCH2 against
// the phrases of a tree. Here they are held against a [Clause]: before the verb
// is who acts, after it what is done, whatever the order the text has them in,
// so that "a pact was signed by" is SIGN * PACT as "signed a pact" is. Words must
// come in the order of the pattern, others may stand between them; phrases in
// ( ) may stand anywhere on their side. Of the patterns that fit, the one with
// the most words is taken, of several the first.

type pattern struct {
	upper, lower []element // before and after the verb
	code         Code
	size         int
}

type kind uint8

const (
	isWord   kind = iota
	isNoun        // { }
	isPhrase      // ( )
	isSource      // $
	isTarget      // +
	isBoth        // %
	isAny         // ^
)

type element struct {
	kind  kind
	words []alternative // of a word: any of them
	inner []element     // of { } and ( )
}

// alternative is words that follow one another; exact ones not by their lemma.
type alternative struct {
	words []string
	exact bool
}

// Limits of a pattern.
const (
	maxElements = 32
	maxDepth    = 4 // of sets within sets, and of brackets
)

func (d *Dictionary) parsePattern(text string) (pattern, error) {
	text = strings.ReplaceAll(text, "**", "*")
	tokens := strings.Fields(spaced.Replace(strings.ToUpper(text)))
	var p pattern
	side, verb := &p.upper, false
	for len(tokens) > 0 {
		if tokens[0] == "*" {
			if verb {
				return pattern{}, fmt.Errorf("a pattern with two verbs; a * stands for the verb, once")
			}
			verb, side, tokens = true, &p.lower, tokens[1:]
			continue
		}
		e, n, err := d.parseElement(tokens, 0)
		if err != nil {
			return pattern{}, err
		}
		*side = append(*side, e)
		tokens = tokens[n:]
	}
	if !verb {
		return pattern{}, fmt.Errorf("a pattern without a verb; write * where it stands")
	}
	p.size = size(p.upper) + size(p.lower)
	switch {
	case p.size == 0:
		return pattern{}, fmt.Errorf("a pattern with nothing but the verb; put the code behind the verb")
	case p.size > maxElements:
		return pattern{}, fmt.Errorf("a pattern of %d words; %d are the most", p.size, maxElements)
	}
	return p, nil
}

var spaced = strings.NewReplacer("(", " ( ", ")", " ) ", "{", " { ", "}", " } ", "*", " * ")

// parseElement reads the element that tokens begin with, and tells how many it took.
func (d *Dictionary) parseElement(tokens []string, depth int) (element, int, error) {
	switch t := tokens[0]; t {
	case "$":
		return element{kind: isSource}, 1, nil
	case "+":
		return element{kind: isTarget}, 1, nil
	case "%":
		return element{kind: isBoth}, 1, nil
	case "^":
		return element{kind: isAny}, 1, nil
	case "(", "{":
		e, end := element{kind: isPhrase}, ")"
		if t == "{" {
			e.kind, end = isNoun, "}"
		}
		n := 1
		for ; n < len(tokens) && tokens[n] != end; n++ {
			if depth == maxDepth {
				return element{}, 0, fmt.Errorf("brackets %d deep; write the pattern flatter", maxDepth+1)
			}
			in, k, err := d.parseElement(tokens[n:], depth+1)
			if err != nil {
				return element{}, 0, err
			}
			e.inner = append(e.inner, in)
			n += k - 1
		}
		switch {
		case n == len(tokens):
			return element{}, 0, fmt.Errorf("a %s without a %s; close it", t, end)
		case len(e.inner) == 0:
			return element{}, 0, fmt.Errorf("nothing within %s %s; put words there", t, end)
		}
		return e, n + 1, nil
	case ")", "}", "*":
		return element{}, 0, fmt.Errorf("a %s out of place; brackets must close where they open", t)
	default:
		e := element{kind: isWord}
		for _, w := range strings.Split(t, "/") {
			alts, err := d.alternatives(w, 0)
			if err != nil {
				return element{}, 0, err
			}
			e.words = append(e.words, alts...)
		}
		return e, 1, nil
	}
}

// alternatives are the words that a word of a pattern stands for.
func (d *Dictionary) alternatives(w string, depth int) ([]alternative, error) {
	if !strings.HasPrefix(w, "&") {
		a := alternative{words(w), strings.HasSuffix(w, "_")}
		if len(a.words) == 0 || strings.ContainsAny(w, "[]$%^&+") {
			return nil, fmt.Errorf("word %q; letters are wanted, words joined by _", w)
		}
		return []alternative{a}, nil
	}
	s, ok := d.sets[setName(w)]
	if !ok || len(s.words) == 0 {
		return nil, fmt.Errorf("no set %s; define it, or write its words", w)
	}
	if depth == maxDepth {
		return nil, fmt.Errorf("set %s is %d deep in others; write its words", w, maxDepth)
	}
	var out []alternative
	for _, x := range s.words {
		alts, err := d.alternatives(x, depth+1)
		if err != nil {
			return nil, err
		}
		for _, a := range alts {
			a.exact = a.exact || s.exact
			out = append(out, a)
		}
		if len(out) > maxSynonyms {
			return nil, fmt.Errorf("set %s has more than %d words; split it", w, maxSynonyms)
		}
	}
	return out, nil
}

const maxSynonyms = 4096

func size(es []element) int {
	n := 0
	for _, e := range es {
		n += 1 + size(e.inner)
		if e.kind == isNoun || e.kind == isPhrase {
			n-- // the brackets themselves are no word
		}
	}
	return n
}

// add enters a pattern under the words of one of its elements: the last that has
// any, and the fewest of them.
func (b *block) add(p pattern) {
	if b.byWord == nil {
		b.byWord = map[string][]int32{}
	}
	id := int32(len(b.patterns))
	b.patterns = append(b.patterns, p)
	key := rarest(p.lower, rarest(p.upper, nil))
	if key == nil {
		b.open = append(b.open, id)
		return
	}
	for _, a := range key.words {
		w := a.words[len(a.words)-1]
		if l := b.byWord[w]; len(l) == 0 || l[len(l)-1] != id {
			b.byWord[w] = append(l, id)
		}
	}
}

func rarest(es []element, best *element) *element {
	for i := range es {
		e := &es[i]
		if e.kind == isWord && (best == nil || len(e.words) <= len(best.words)) {
			best = e
		}
		best = rarest(e.inner, best)
	}
	return best
}
