package factuality

import (
	"strings"

	"readout/doc"
)

// maxUp bounds how many governors above a predicate are looked at.
const maxUp = 4

// frameMarks are the words that open a clause that tells nothing by itself.
var frameMarks = map[string]string{
	"if": "if", "unless": "if", "whether": "whether", "lest": "if", "provided": "if", "once": "once", "until": "until",
	"before": "before", "when": "when", "because": "because", "since": "because", "although": "although", "though": "although",
	"while": "when", "as": "as", "after": "after", "that": "that", "to": "to", "for": "for", "than": "than", "so": "so",
}

// word is the lemma of token i in lower case.
func word(d *doc.Document, i int32) string { return strings.ToLower(d.Lemma(i)) }

// clause is what a predicate's own words say of it.
type clause struct {
	tense   string // past, present, perfect, progress, future, modal lemma, to, bare, ing, participle, noun, adj
	negated bool
	subject string
	mark    string
}

func (c clause) polarity() string {
	if c.negated {
		return "not"
	}
	return "so"
}

// clauseOf reads the operators of token i. What a conjunct lacks ("will go and
// see") is its first conjunct's.
func clauseOf(d *doc.Document, i int32) clause {
	c := ownClause(d, i)
	if d.Deprel(i).Base() != doc.RelConj || d.Head(i) < 0 {
		return c
	}
	if f := ownClause(d, d.Head(i)); c.subject == "" {
		c.subject = f.subject
		x := d.XPOS(i)
		if x == d.XPOS(d.Head(i)) && c.mark == "" {
			c.tense, c.mark = f.tense, f.mark
			c.negated = c.negated || f.negated && x == "VB"
		}
	}
	return c
}

func ownClause(d *doc.Document, i int32) clause {
	c := clause{tense: bareTense(d, i)}
	have := false
	for k := range d.Children(i) {
		w := word(d, k)
		switch d.Deprel(k).Base() {
		case doc.RelAux, doc.RelCop:
			c.tense, have = auxTense(d, k, w, c.tense, have)
		case doc.RelMark:
			if m := frameMarks[w]; m != "" && c.mark == "" {
				c.mark = m
			}
			if w == "to" && !have {
				c.tense, have = "to", true
			}
		case doc.RelNsubj, doc.RelCsubj, doc.RelExpl:
			c.subject = subjectOf(d, k, w)
			c.negated = c.negated || c.subject == "nobody" || hasNo(d, k)
		case doc.RelObj, doc.RelObl:
			c.negated = c.negated || hasNo(d, k) || w == "nothing" || w == "nobody"
		case doc.RelAdvmod:
			if w == "when" || w == "where" || w == "how" || w == "why" {
				if c.mark == "" {
					c.mark = w
				}
				continue
			}
			c.negated = c.negated || negates(w)
		case doc.RelDet, doc.RelCc:
			c.negated = c.negated || negates(w)
		}
	}
	return c
}

func negates(w string) bool {
	switch w {
	case "not", "n't", "n’t", "nt", "never", "no", "neither", "nor", "hardly", "barely", "nothing", "nobody", "none", "without":
		return true
	}
	return false
}

// hasNo: token i is "no talks", "neither side", "nothing".
func hasNo(d *doc.Document, i int32) bool {
	for k := range d.Children(i) {
		if r := d.Deprel(k).Base(); r == doc.RelDet || r == doc.RelCc {
			if w := word(d, k); w == "no" || w == "neither" {
				return true
			}
		}
	}
	return false
}

// auxTense is the tense that an auxiliary makes of what its verb has; the first
// auxiliary decides, but for modals, and for progress and perfect after it.
func auxTense(d *doc.Document, k int32, w, tense string, have bool) (string, bool) {
	if d.XPOS(k) == "MD" {
		switch w {
		case "will", "'ll", "’ll", "wo", "shall":
			return "future", true
		}
		return w, true
	}
	if have {
		switch {
		case w == "have" && tense != "past" && tense != "present":
			return tense + "+have", true
		}
		return tense, true
	}
	past := d.XPOS(k) == "VBD"
	switch {
	case w == "do" && past:
		return "past", true
	case w == "do":
		return "present", true
	case w == "have" && past:
		return "past", true
	case w == "have":
		return "perfect", true
	case tense == "ing" && past:
		return "past progress", true
	case tense == "ing":
		return "progress", true
	case past:
		return "past", true
	case d.XPOS(k) == "VB", d.XPOS(k) == "VBG":
		return d.XPOS(k), false
	}
	return "present", true
}

// bareTense is what the form alone says.
func bareTense(d *doc.Document, i int32) string {
	switch x := d.XPOS(i); x {
	case "VBD":
		return "past"
	case "VBZ", "VBP":
		return "present"
	case "VBG":
		return "ing"
	case "VBN":
		return "participle"
	case "VB":
		return "bare"
	}
	return strings.ToLower(d.UPOS(i).String())
}

func subjectOf(d *doc.Document, k int32, w string) string {
	switch f := strings.ToLower(d.Form(k)); f {
	case "i", "we", "you", "he", "she", "they", "it", "that", "this", "who", "which", "there", "what":
		return f
	case "nobody", "none", "nothing":
		return "nobody"
	}
	switch d.UPOS(k) {
	case doc.PROPN:
		return "name"
	case doc.PRON:
		return "pronoun"
	}
	if d.XPOS(k) == "NNS" {
		return "plural"
	}
	if w == "one" {
		return "one"
	}
	return "noun"
}

// frameOf is the shape of the complement i of its governor.
func frameOf(d *doc.Document, i int32, c clause) string {
	switch c.mark {
	case "if", "whether":
		return "if"
	case "to":
		return "to"
	}
	for k := range d.Children(i) {
		if k < i && word(d, k) == "from" {
			return "from"
		}
	}
	switch {
	case c.tense == "to" || strings.HasPrefix(c.tense, "to+"):
		return "to"
	case d.XPOS(i) == "VBG" && c.subject == "" && (c.tense == "ing" || c.tense == "VBG"):
		return "ing"
	case d.XPOS(i) == "VB" && c.tense == "bare":
		return "bare"
	}
	return "that"
}

// signatureOf is what the governor entails of a complement in a frame, or what
// the mark of the complement says of it ("if"); "?" where no row says so.
func (s *Scorer) signatureOf(d *doc.Document, governor int32, frame, mark string) string {
	for _, w := range [...]string{word(d, governor), mark} {
		if sig := s.signatures[key{w, frame}]; sig != "" {
			return sig
		}
	}
	return "?"
}

// up is a step from a predicate to what governs it.
type up struct {
	at        int32
	rel       string
	signature string
	clause    clause
}

// above are the governors of token i from the inside out.
func (s *Scorer) above(d *doc.Document, i int32) []up {
	var out []up
	for c := clauseOf(d, i); len(out) < maxUp; {
		h := d.Head(i)
		if h < 0 {
			break
		}
		rel := d.Deprel(i).String()
		if rel == "conj" {
			i = h
			continue
		}
		sig := s.signatureOf(d, h, frameOf(d, i, c), c.mark)
		i, c = h, clauseOf(d, h)
		out = append(out, up{h, rel, sig, c})
	}
	return out
}

// entails composes what the governors say of a predicate from the outermost in:
// "+" it happened, "-" it did not, "o" it is left open, or the class of the
// governor that speaks, thinks or wants (MacCartney and Manning 2009 compose
// implications so).
func entails(own clause, ups []up) string {
	context := "+"
	for n := len(ups) - 1; n >= 0; n-- {
		sig := ups[n].signature
		if sig == "?" {
			continue
		}
		if ups[n].clause.negated {
			context = flip(context)
		}
		switch {
		case len(sig) != 2:
			context = sig
		case context == "+":
			context = sig[:1]
		case context == "-":
			context = sig[1:]
		case sig == "-+" || sig == "-o":
			context = "not " + context
		}
	}
	if own.negated {
		context = flip(context)
	}
	return context
}

func flip(context string) string {
	switch context {
	case "+":
		return "-"
	case "-":
		return "+"
	}
	return "not " + context
}

// each calls add with the parts of the name of each feature of token i.
func (s *Scorer) each(d *doc.Document, i int32, add func(parts ...string)) {
	c := clauseOf(d, i)
	pol, lemma, xpos := c.polarity(), word(d, i), d.XPOS(i)
	rel, base := d.Deprel(i).String(), d.Deprel(i).Base().String()
	add("bias")
	add("lemma", lemma)
	add("lemma+xpos", lemma, xpos)
	add("xpos+rel", xpos, rel)
	add("tense", c.tense, pol)
	add("tense+rel", c.tense, pol, base)
	add("tense+mark", c.tense, pol, c.mark)
	add("subject", c.subject, c.tense, pol)
	around(d, i, c, add)
	whole(d, i, c, base, add)
	ups := s.above(d, i)
	verdict := entails(c, ups)
	add("entails", verdict)
	add("entails+tense", verdict, c.tense)
	for n, u := range ups {
		over := u.clause.polarity()
		if n > 0 {
			add("higher", u.signature, over, u.clause.tense)
			add("higher word", word(d, u.at))
			continue
		}
		add("over", u.rel, word(d, u.at))
		add("over+tense", u.rel, word(d, u.at), c.tense)
		add("over+polarity", u.rel, word(d, u.at), over)
		add("over+mark", u.rel, u.clause.mark, over)
		add("signature", u.signature, over, pol)
		add("signature+rel", u.rel, u.signature, over, pol)
		add("signature+tense", u.signature, u.clause.tense, over, pol)
		add("signature+subject", u.signature, u.clause.subject)
	}
}

// around looks at what hangs on the predicate.
func around(d *doc.Document, i int32, c clause, add func(parts ...string)) {
	for k := range d.Children(i) {
		switch d.Deprel(k).Base() {
		case doc.RelAdvmod, doc.RelDiscourse:
			add("adverb", word(d, k))
		case doc.RelAux:
			add("aux", word(d, k), d.XPOS(k), c.polarity())
		case doc.RelAdvcl:
			add("with clause", clauseOf(d, k).mark, c.tense)
		case doc.RelObj:
			add("object", d.XPOS(k), c.tense)
		}
	}
}

// whole looks at the sentence as a whole: questions, requests, orders.
func whole(d *doc.Document, i int32, c clause, rel string, add func(parts ...string)) {
	span := d.SentenceOf(i)
	end := span.End - 1
	for end > span.Begin && (d.Form(end) == `"` || d.Form(end) == "”" || d.Form(end) == ")") {
		end--
	}
	if d.Form(end) == "?" {
		add("question", rel, c.tense)
	}
	for k := span.Begin; k < span.End; k++ {
		switch w := word(d, k); w {
		case "please", "if", "would", "should":
			add("sentence with", w, rel)
		}
	}
	add("sentence of", strings.ToLower(d.Form(span.Begin)), rel)
}
