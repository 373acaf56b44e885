package corpus

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// process is some weeks between two countries.
type process struct {
	w        *world
	n        int
	rng      *rand.Rand
	a, b     *party
	topics   []string
	events   []*event
	articles []*Article
}

// event is one thing that happens, or was to.
type event struct {
	key, kind string
	a, b      *person // who goes to see whom
	place     string
	place2    string // told by some instead
	topic     string
	day       time.Time // when it takes place, or was to in the end
	first     time.Time // the day it was planned for at first
	course    string
	sayings   []*saying
}

// saying is what somebody says in the course of a process.
type saying struct {
	key         string
	by          *person
	quote, told string
	about       *event
	promise     bool
}

// report is one step of an event that outlets write about.
type report struct {
	ev     *event
	moment string
	at     time.Time
	day    time.Time // that is told
	was    time.Time
}

// Kinds of events, by how often they are.
var kinds = strings.Fields("meeting meeting meeting call call call visit visit negotiation negotiation agreement")

// What becomes of an event, by how often.
var courses = strings.Fields("planned planned planned planned planned moved moved held held held off denied lapsed")

func (w *world) process(n int, begin time.Time, rng *rand.Rand, recent []recentPair) *process {
	p := &process{w: w, n: n, rng: rng}
	for range 20 {
		p.a, p.b = w.party(pick(rng, w.parties), begin), w.party(pick(rng, w.parties), begin)
		if p.a == nil || p.b == nil || p.a.key == p.b.key {
			continue
		}
		if slices.ContainsFunc(recent, func(r recentPair) bool {
			return r.a == p.a.key && r.b == p.b.key || r.a == p.b.key && r.b == p.a.key
		}) {
			continue
		}
		p.run(begin)
		return p
	}
	return nil
}

func (p *process) run(begin time.Time) {
	rng := p.rng
	for range 3 {
		p.topics = append(p.topics, pick(rng, p.w.topics))
	}
	day := begin.Truncate(24*time.Hour).AddDate(0, 0, 4+rng.IntN(5))
	for i := range 5 + rng.IntN(6) {
		p.events = append(p.events, p.event(i, day))
		day = day.AddDate(0, 0, 3+rng.IntN(8))
	}
	var reports []report
	for _, e := range p.events {
		reports = append(reports, p.reports(e, begin)...)
	}
	slices.SortStableFunc(reports, func(a, b report) int { return a.at.Compare(b.at) })
	for _, r := range reports {
		p.cover(r)
	}
}

func (p *process) event(i int, day time.Time) *event {
	rng := p.rng
	e := &event{key: fmt.Sprintf("p%d-%d", p.n, i), kind: pick(rng, kinds), day: day, first: day, course: pick(rng, courses), topic: pick(rng, p.topics)}
	e.a, e.b = p.a.leader, p.b.leader
	if e.kind == "visit" || chance(rng, 50) {
		e.a, e.b = p.a.minister, p.b.minister
	}
	if chance(rng, 50) {
		e.a, e.b = e.b, e.a
	}
	switch e.kind {
	case "visit":
		e.place = e.b.party.capital
	case "call":
	default:
		e.place = pick(rng, p.w.places)
		e.place2 = e.place
		if chance(rng, 8) {
			e.place2 = pick(rng, p.w.places)
		}
	}
	for j, by := range []*person{e.a, e.b, e.a, e.b} {
		form := pick(rng, p.w.sayings)
		n := fmt.Sprint(2 + rng.IntN(88))
		fill := strings.NewReplacer("{x}", pick(rng, p.w.topics), "{y}", pick(rng, p.w.topics), "{n}", n)
		e.sayings = append(e.sayings, &saying{
			key: fmt.Sprintf("%s-s%d", e.key, j), by: by, quote: fill.Replace(form[0]), told: fill.Replace(form[1]), about: e, promise: chance(rng, 8),
		})
	}
	return e
}

// reports are the steps of an event, with the day that each tells.
func (p *process) reports(e *event, begin time.Time) []report {
	rng := p.rng
	var out []report
	add := func(moment string, at, day, was time.Time) {
		if !at.Before(begin) {
			out = append(out, report{e, moment, at, day, was})
		}
	}
	hour := func(t time.Time, h int) time.Time {
		return t.Add(time.Duration(h+rng.IntN(6))*time.Hour + time.Duration(rng.IntN(60))*time.Minute)
	}
	before := e.day.AddDate(0, 0, -2-rng.IntN(6))
	switch e.course {
	case "planned", "lapsed", "off", "denied":
		add("plan", hour(before, 6), e.day, time.Time{})
	case "moved":
		e.first = e.day.AddDate(0, 0, -1-rng.IntN(3))
		add("plan", hour(before.AddDate(0, 0, -3), 6), e.first, time.Time{})
		add("moved", hour(e.first.AddDate(0, 0, -1), 6), e.day, e.first)
	}
	switch e.course {
	case "off":
		add("off", hour(e.day.AddDate(0, 0, -1), 8), e.day, e.day)
	case "denied":
		add("denied", hour(before, 14), e.day, e.day)
	case "planned", "moved", "held":
		add("held", hour(e.day, 12), e.day, time.Time{})
		if chance(rng, 60) {
			add("held", hour(e.day.AddDate(0, 0, 1), 4), e.day, time.Time{})
		}
	}
	return out
}

// cover has outlets write about a report.
func (p *process) cover(r report) {
	rng := p.rng
	n := 1 + rng.IntN(3)
	if r.moment == "held" {
		n = 1 + rng.IntN(4)
	}
	first := rng.IntN(len(p.w.outlets))
	for i := range n {
		o := p.w.outlets[(first+i*7)%len(p.w.outlets)]
		day := r.day
		if r.moment == "held" && chance(rng, 5) { // accounts differ
			day = day.AddDate(0, 0, -1)
		}
		a := p.article(r, o, day, r.at.Add(time.Duration(i*47)*time.Minute), fmt.Sprintf("p%d-%d", p.n, len(p.articles)), nil)
		p.articles = append(p.articles, a)
		if o.kind == "agency" {
			p.copies(a)
		} else if !day.Equal(r.day) || chance(rng, 3) {
			p.correct(a, r, o)
		}
	}
	if r.moment == "held" && (r.ev.kind == "meeting" || r.ev.kind == "call") && chance(rng, 60) {
		for _, side := range []*person{r.ev.a, r.ev.b} {
			o := outlet{name: side.party.adjective + " Foreign Ministry", kind: "side"}
			if side.leads {
				o.name = "Office of the " + side.party.adjective + " " + side.title
			}
			p.articles = append(p.articles, p.article(r, o, r.day, r.at.Add(3*time.Hour), fmt.Sprintf("p%d-%d", p.n, len(p.articles)), side))
		}
	}
}

// correct publishes an article again some hours later, with the right day.
func (p *process) correct(a *Article, r report, o outlet) {
	b := p.article(r, o, r.day, a.Published, a.Key+"-corrected", nil)
	b.URL, b.Title, b.Origin = a.URL, a.Title, a.Origin
	b.Modified = a.Published.Add(time.Duration(2+p.rng.IntN(9)) * time.Hour)
	a.Replaced = true
	p.articles = append(p.articles, b)
}

// copies has other outlets print an agency's article.
func (p *process) copies(a *Article) {
	rng := p.rng
	for i := range []int{0, 1, 1, 2, 2, 3, 5}[rng.IntN(7)] {
		var o outlet
		for o.kind != "paper" {
			o = pick(rng, p.w.outlets)
		}
		p.articles = append(p.articles, a.copyFor(o, i, rng))
	}
}
