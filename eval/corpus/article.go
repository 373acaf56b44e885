package corpus

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
	"unicode"
)

// article writes about a report. Side is set for one side's own account.
func (p *process) article(r report, o outlet, day time.Time, at time.Time, key string, side *person) *Article {
	rng := p.rng
	g := &page{rng: rng, outlet: o, published: at, named: map[*person]bool{}}
	a := &Article{Key: key, Outlet: o.name, Published: at, Origin: key}
	a.URL = fmt.Sprintf("https://%s.example/%s/%s", slug(o.name), at.Format("2006/01/02"), key)
	switch o.kind {
	case "agency":
		a.Credit = o.name
		where := r.ev.place
		if where == "" {
			where = r.ev.a.party.capital
		}
		g.head = fmt.Sprintf("%s, %s (%s) - ", strings.ToUpper(where), at.Format("Jan 2"), o.name)
	case "paper":
		a.Byline = pick(rng, bylines)
	}
	g.paras = append(g.paras, p.lead(g, r, day))
	g.paras = append(g.paras, p.spoken(g, r, side))
	if side == nil {
		g.paras = append(g.paras, p.background(g, r))
	}
	g.paras = append(g.paras, p.rest(g, r))
	a.Title = p.title(r)
	g.finish(a)
	return a
}

var bylines = strings.Split("Anna Keller|Tom Ridley|Sofia Marin|Peter Nowak|Lucia Ferro|James Okoro|Ingrid Dahl|Karim Haddad|Wei Tan|Maria Lopes", "|")

func slug(s string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) && r < 128 {
			return unicode.ToLower(r)
		}
		return '-'
	}, s), "-")
}

// title is a headline; it tells of nothing that is scored.
func (p *process) title(r report) string {
	return fmt.Sprintf("%s and %s: new word on %s", upper(r.ev.a.party.name), r.ev.b.party.name, r.ev.topic)
}

// tells is what an article tells of an event: now and then it leaves out the
// place or the day.
func tells(rng *rand.Rand, e *event, moment string, day time.Time) *account {
	acc := &account{ev: e, moment: moment, day: day, place: e.place}
	if chance(rng, 30) {
		acc.place = e.place2
	}
	if e.kind == "visit" || chance(rng, 25) {
		acc.place = ""
	}
	if chance(rng, 12) {
		acc.day = time.Time{}
	}
	return acc
}

func (p *process) lead(g *page, r report, day time.Time) (q para) {
	e := r.ev
	acc := tells(p.rng, e, r.moment, day)
	if r.moment == "moved" || r.moment == "off" {
		acc.day = day
	}
	phrase := pick(p.rng, p.w.phrases[[2]string{r.moment, e.kind}])
	was := r.was
	if was.IsZero() {
		was = day
	}
	f := fill{a: e.a, b: e.b, acc: acc, topic: e.topic, was: was}
	if symmetric(phrase) && chance(p.rng, 50) {
		f.a, f.b = f.b, f.a
	}
	g.sentence(&q, phrase, f)
	return q
}

// symmetric reports whether a phrase is as true with its parties exchanged.
func symmetric(phrase string) bool {
	return strings.Contains(phrase, "{A} and {b}") || strings.Contains(phrase, "{CA} and {cb}") || strings.Contains(phrase, "{a} and {b}") ||
		strings.Contains(phrase, "{ca} and {cb}")
}

// spoken is what is said: by both, or by one side alone.
func (p *process) spoken(g *page, r report, side *person) (q para) {
	for _, s := range r.ev.sayings {
		if side != nil && s.by != side || side == nil && chance(p.rng, 55) {
			continue
		}
		form := "quote"
		if chance(p.rng, 35) {
			form = "told"
			if s.promise {
				form = "promise"
			}
		}
		g.sentence(&q, pick(p.rng, p.w.lines[form]), fill{a: s.by, b: s.by, said: s})
	}
	if len(q.text) == 0 {
		g.sentence(&q, pick(p.rng, p.w.lines["filler"]), fill{a: r.ev.a, b: r.ev.b, topic: r.ev.topic})
	}
	return q
}

// background tells of what went before and of what is to come.
func (p *process) background(g *page, r report) (q para) {
	rng := p.rng
	var before, after []*event
	for _, e := range p.events {
		took := e.course == "planned" || e.course == "moved" || e.course == "held"
		known := e.course == "planned" && e.day.AddDate(0, 0, -2).Before(r.at)
		switch {
		case e == r.ev:
		case took && e.day.Before(r.at.AddDate(0, 0, -1)):
			before = append(before, e)
		case known && e.day.After(r.at):
			after = append(after, e)
		}
	}
	tell := func(e *event, moment string) {
		acc := tells(rng, e, moment, e.day)
		if chance(rng, 30) {
			acc.day = time.Time{}
		}
		f := fill{a: e.a, b: e.b, acc: acc, topic: e.topic, was: e.day}
		g.sentence(&q, pick(rng, p.w.phrases[[2]string{moment, e.kind}]), f)
	}
	for i, e := range before[max(0, len(before)-3):] {
		// The last is told of most often; one that is older, with its day.
		if chance(rng, 30+15*i) {
			tell(e, "past")
		}
	}
	if len(after) > 0 && chance(rng, 60) {
		tell(after[0], "next")
	}
	if len(q.text) == 0 {
		g.sentence(&q, pick(rng, p.w.lines["filler"]), fill{a: r.ev.a, b: r.ev.b, topic: r.ev.topic})
	}
	return q
}

// rest is where the sides stand, and what papers fill a column with.
func (p *process) rest(g *page, r report) (q para) {
	rng := p.rng
	f := fill{a: r.ev.a, b: r.ev.b, topic: pick(rng, p.topics)}
	if chance(rng, 50) {
		f.a, f.b = f.b, f.a
	}
	if chance(rng, 50) {
		i := rng.IntN(len(p.w.lines["stand"]))
		g.sentence(&q, p.w.lines["stand"][i], f)
		last := q.marks[len(q.marks)-1].span
		q.marks = append(q.marks, mark{kind: markStance, span: last, of: f.a.party, cue: stances[i], text: f.topic})
	}
	if chance(rng, 20) {
		g.sentence(&q, pick(rng, p.w.lines["silent"]), f)
	}
	for range 1 + rng.IntN(3) {
		g.sentence(&q, pick(rng, p.w.lines["filler"]), f)
	}
	return q
}

// stances are those of the lines "stand", in their order.
var stances = []string{"demands", "opposes", "supports", "demands"}

// copyFor is an agency's article as another outlet prints it: with a headline
// of its own, the last paragraph cut or a sentence added, a word changed.
func (a *Article) copyFor(o outlet, i int, rng *rand.Rand) *Article {
	b := &Article{
		Key: fmt.Sprintf("%s-copy%d", a.Key, i), Outlet: o.name, Origin: a.Origin, Title: a.Title,
		Published: a.Published.Add(time.Duration(20+rng.IntN(600)) * time.Minute),
	}
	b.URL = fmt.Sprintf("https://%s.example/%s/%s", slug(o.name), b.Published.Format("2006/01/02"), b.Key)
	g := &page{rng: rng, outlet: o, published: b.Published, head: a.page.head}
	g.paras = append(g.paras, a.page.paras...)
	switch rng.IntN(4) {
	case 0:
		g.paras = g.paras[:len(g.paras)-1]
	case 1:
		g.head = ""
	}
	if chance(rng, 70) {
		b.Credit = a.Credit
	} else {
		var q para
		g.sentence(&q, fmt.Sprintf("Reporting by %s.", a.Outlet), fill{})
		g.paras = append(g.paras, q)
	}
	g.finish(b)
	return b
}
