package actor

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/doc"
	"readout/registry"
)

// title is an office or description that the article gives somebody.
type title struct {
	span    doc.Span
	head    int32             // its role noun, or None for an honorific
	role    registry.RoleNoun // zero for an honorific
	sector  string            // CAMEO role code
	gender  registry.Gender
	nations []string
	org     string          // the body or country it is an office of, as written
	body    *registry.Entry // the body it is an office of, where the registry has it
	owner   int32           // phrase of whose office it is ("its minister"), or None
	former  bool
}

// findTitles reads the words around people's names: "Russian President" before
// one, ", the group's spokeswoman," after it, "is the foreign minister". Where
// the tree has a phrase of those words, it is tied to the name's (tied).
func (r *run) findTitles() {
	r.tied = make([]int32, len(r.phrases))
	for k := range r.tied {
		r.tied[k] = doc.None
	}
	for k := range r.phrases {
		p := &r.phrases[k]
		if p.name < 0 {
			continue
		}
		if r.names[p.name].kind == classPerson {
			r.before(int32(k))
			r.after(int32(k))
			r.apposition(int32(k))
			r.predicate(int32(k))
		} else {
			r.bodyApposition(int32(k))
		}
	}
}

// before reads the words that lead up to a name without a comma.
func (r *run) before(k int32) {
	x := &r.names[r.phrases[k].name]
	if i := x.span.Begin; x.span.Len() > 1 && x.best.Entry != nil && r.roleWord(i, i) && r.d.Deprel(i) != doc.RelFlat {
		x.titles = append(x.titles, r.readTitle(doc.Span{Begin: i, End: i + 1}, i)) // "King Salman" is a name of his
	}
	run := r.titleRun(x.span.Begin)
	if run.Empty() {
		return
	}
	from := run.Begin
	for i := run.Begin; i < run.End; i++ {
		long := false
		if _, n, ok := r.reg.RoleNounAt(r.word, int(run.End), int(i)); ok && n > 1 {
			i += int32(n) - 1 // "major general", "vice president"
			long = true
		}
		narrows := i+1 < run.End && isRoleModifier(r.d.Form(i)) && r.roleWord(i+1, i+1)
		if narrows {
			continue
		}
		if h, n, ok := r.reg.HonorificAt(r.word, int(run.End), int(i)); ok && !long {
			if _, isRole := r.roleEnding(i+int32(n)-1, i); !isRole {
				t := title{span: doc.Span{Begin: i, End: i + int32(n)}, head: doc.None, owner: doc.None, sector: h.Role, gender: h.Gender}
				x.titles = append(x.titles, t)
				i += int32(n) - 1
				from = i + 1
				continue
			}
		}
		if r.nameOf[i] >= 0 || !r.roleWord(i, from) || i+1 < run.End && r.narrower(i+1) {
			continue
		}
		end2 := r.titleTail(i, run.End)
		t := r.readTitle(doc.Span{Begin: from, End: end2}, i)
		if h, _, ok := r.reg.HonorificAt(r.word, int(run.End), int(i)); ok && t.gender == 0 {
			t.gender = h.Gender
		}
		x.titles = append(x.titles, t)
		i = end2 - 1
		from = end2
	}
	if len(x.titles) == 0 {
		if nations := r.nationsIn(run); len(nations) == 1 && run.Len() == 1 { // "Turkish Erdogan" is rare, "the Frenchman" not
			x.nation = nations[0]
		}
		return
	}
	if x.titles[0].span.Begin >= x.span.Begin {
		return
	}
	x.title = doc.Span{Begin: x.titles[0].span.Begin, End: x.span.Begin}
	for i := x.title.Begin; i < x.title.End; i++ {
		if q := r.phraseOf[i]; q >= 0 && r.phrases[q].name < 0 && r.phrases[q].form != doc.FormPronoun {
			r.titlePhrase(q, k)
		}
	}
}

// narrower reports whether the word at token i goes on with the title before it
// rather than beginning a new one: "Republican presidential nominee".
func (r *run) narrower(i int32) bool {
	return r.d.UPOS(i) == doc.ADJ && !r.adjective(i) || r.d.UPOS(i) == doc.NOUN && !r.capital(i)
}

// titlePhrase ties a phrase that the tree makes of a title before a name to the
// name. Where the tree hangs the name by the title, it covers both, so that who
// looks for the head finds somebody.
func (r *run) titlePhrase(q, k int32) {
	if r.tied[q] >= 0 {
		return // "opposition" of "opposition Green Party chairwoman Roe"
	}
	p, x := &r.phrases[q], &r.names[r.phrases[k].name]
	for _, t := range x.titles {
		if !t.span.Has(p.head) {
			continue
		}
		p.span = t.span
		if r.d.Head(r.phrases[k].head) == p.head {
			p.span.End = x.span.End
		} else if t.head < 0 {
			p.article = articleEach // "Mr." alone is nobody
			return
		}
	}
	r.tie(q, k)
}

// after reads what follows a name without a comma: "President Chen of Taiwan",
// and further names: "Chen, better known as Comandante Tito,".
func (r *run) after(k int32) {
	d := r.d
	x := &r.names[r.phrases[k].name]
	e, end := x.span.End, d.SentenceOf(x.span.Begin).End
	if e+1 < end && d.Form(e) == "of" && r.nameOf[e+1] >= 0 {
		if c := &r.names[r.nameOf[e+1]]; c.kind == classCountry && c.best.Entry != nil {
			x.nation = c.best.Entry.Country
		}
	}
	for i := e; i+2 < min(end, e+6); i++ {
		if d.Form(i) != "known" && d.Form(i) != "called" && d.Form(i) != "alias" {
			continue
		}
		if d.Form(i+1) == "as" {
			i++
		}
		if n := r.nameOf[i+1]; n >= 0 {
			r.names[n].kind = classPerson
			if q := r.phraseOf[d.HeadOf(r.names[n].span)]; q >= 0 {
				r.phrases[q].class = classPerson
				r.tie(q, k)
			}
		}
		return
	}
}

// tie says that phrase q speaks of whom phrase k names.
func (r *run) tie(q, k int32) {
	if q != k && r.tied[q] < 0 {
		r.tied[q] = k
	}
}

// titleRun is the run of words before a name that may be titles; empty where
// none of them is.
func (r *run) titleRun(b int32) doc.Span {
	d := r.d
	first := d.SentenceOf(b).Begin
	j, found := b, false
	for j > first && b-j < 14 {
		i := j - 1
		if k := r.nameOf[i]; k >= 0 {
			if r.names[k].kind == classPerson {
				break
			}
			j = r.names[k].span.Begin
			continue
		}
		w := d.Form(i)
		switch up := d.UPOS(i); {
		case r.lex.nouns[strings.ToLower(w)].class == classTime:
			return r.trimRun(doc.Span{Begin: j, End: b}, found)
		case up == doc.NOUN || up == doc.PROPN || up == doc.ADJ || r.adjective(i) || r.isTitle(i):
		case w == "-" && i > first && d.Tokens.Bytes[i].Begin == d.Tokens.Bytes[i-1].End:
		case (w == "and" || w == "&") && i > first && r.capital(i-1) && r.capital(i+1) && !found:
		case (w == "of" || w == "for") && i > first && r.capital(i+1) && r.roleWord(i-1, first):
		case isGenitive(w) && i > first && r.nameOf[i-1] >= 0 && r.names[r.nameOf[i-1]].kind != classPerson:
			j = r.names[r.nameOf[i-1]].span.Begin
			return r.trimRun(doc.Span{Begin: j, End: b}, true)
		default:
			return r.trimRun(doc.Span{Begin: j, End: b}, found)
		}
		found = found || r.roleWord(i, i)
		j = i
	}
	return r.trimRun(doc.Span{Begin: j, End: b}, found)
}

// trimRun drops hyphens and prepositions at the front of a run.
func (r *run) trimRun(s doc.Span, found bool) doc.Span {
	if !found {
		for i := s.Begin; i < s.End && !found; i++ {
			found = r.isTitle(i)
		}
	}
	if !found {
		return doc.Span{}
	}
	for s.Len() > 0 {
		switch r.d.UPOS(s.Begin) {
		case doc.NOUN, doc.PROPN, doc.ADJ:
			return s
		}
		if r.isTitle(s.Begin) || r.adjective(s.Begin) || r.nameOf[s.Begin] >= 0 {
			return s
		}
		s.Begin++
	}
	return s
}

func (r *run) capital(i int32) bool {
	c, _ := utf8.DecodeRuneInString(r.d.Form(i))
	return unicode.IsUpper(c)
}

// roleWord reports whether the words from and up to token i end with a noun for
// one person's role.
func (r *run) roleWord(i, from int32) bool {
	if up := r.d.UPOS(i); up != doc.NOUN && up != doc.PROPN && up != doc.ADJ {
		return false
	}
	if !r.singular(i) {
		return false
	}
	if role, ok := r.roleEnding(i, from); ok {
		return role.Who != registry.Group
	}
	return r.lex.nouns[strings.ToLower(r.d.Lemma(i))].class == classPerson
}

// titleTail takes "of State" and "- designate" along with a role noun at i.
func (r *run) titleTail(i, limit int32) int32 {
	d := r.d
	end := i + 1
	if end+1 < limit && (d.Form(end) == "of" || d.Form(end) == "for") && r.capital(end+1) {
		end += 2
		for end < limit && r.capital(end) && !r.roleWord(end, end) || end+1 < limit && d.Form(end) == "and" && r.capital(end+1) {
			end++
		}
	}
	if end+1 < limit && d.Form(end) == "-" {
		switch strings.ToLower(d.Form(end + 1)) {
		case "elect", "designate", "general", "in", "select":
			end += 2
		}
	}
	return end
}

// readTitle makes a title of the words of s, whose role noun ends at token i.
func (r *run) readTitle(s doc.Span, i int32) title {
	t := title{head: i, owner: doc.None}
	for s.Begin < i && (isFiller(r.d.Form(s.Begin)) || r.d.UPOS(s.Begin) == doc.PRON) {
		t.former = t.former || isFormer(r.d.Form(s.Begin))
		s.Begin++
	}
	t.span = s
	t.role, _ = r.roleEnding(i, s.Begin)
	t.sector = t.role.Role
	t.gender = r.lex.nouns[strings.ToLower(r.d.Lemma(i))].gender
	t.nations = r.nationsIn(doc.Span{Begin: s.Begin, End: i + 1})
	if len(t.nations) == 0 && i+1 < s.End && t.role.Office != registry.Ambassador && t.role.Office != registry.Envoy {
		switch r.d.Form(i + 1) {
		case "of", "for", "at": // not "to": that is where an ambassador goes
			t.nations = r.nationsIn(doc.Span{Begin: i + 1, End: s.End})
		}
	}
	for k := s.Begin; k < s.End; k++ {
		n := r.nameOf[k]
		if n < 0 || r.names[n].kind == classPerson {
			continue
		}
		x := &r.names[n]
		if t.org == "" {
			t.org = r.d.Slice(x.span)
		}
		if e := x.best.Entry; e != nil && t.body == nil && x.kind == classBody {
			t.body, t.org = e, r.d.Slice(x.span)
		}
	}
	return t
}

// isRoleModifier reports whether a role noun only narrows a role that follows
// it: "Justice Minister", "chief negotiator", but not "Chairman General Chen".
func isRoleModifier(w string) bool {
	switch strings.ToLower(w) {
	case "justice", "chief", "deputy", "vice", "general", "assistant", "lead", "attorney", "executive", "head", "police", "army", "guard":
		return true
	}
	return false
}

// isFiller reports whether a word at the front of a title is no part of it.
func isFiller(w string) bool {
	switch strings.ToLower(w) {
	case "-", "the", "a", "an", "and", ",", "late", "then":
		return true
	}
	return isFormer(w)
}

func isFormer(w string) bool {
	switch strings.ToLower(w) {
	case "former", "ex", "erstwhile", "onetime", "then":
		return true
	}
	return false
}
