package event

import (
	"time"

	"readout/doc"
)

// cluster is the mentions of one event, with what they tell together.
type cluster struct {
	mentions []int32
	step     step     // of a deal
	row      *trigger // of the event that this one took up, where only pronouns name it
	kind     doc.EventKind
	parts    []part
	full     bool // its parties are known
	group    bool // among them a group of unknown members
	size     int
	alone    bool
	label    string
	fresh    bool
	first    bool
	past     bool
	place    doc.Place
	time     *doc.Time
	format   doc.Format
	real     int8 // 1 it happens or happened, -1 it did not or not yet, 0 not told
	firm     bool
	off      bool // postponed: its time may have moved
	last     int32
}

// group puts the mentions into clusters, in text order, headings last: they
// name what the text tells, and make no event of their own.
func (r *run) group() {
	for i := range r.mentions {
		if m := &r.mentions[i]; !m.dropped && !m.heading {
			r.place(m, int32(i))
		}
	}
	for i := range r.mentions {
		m := &r.mentions[i]
		if m.dropped || !m.heading {
			continue
		}
		if c := r.bestCluster(m, 0); c >= 0 {
			r.join(m, int32(i), c)
		}
	}
}

func (r *run) place(m *mention, i int32) {
	if c := r.bestCluster(m, max(0, len(r.clusters)-r.window)); c >= 0 {
		r.join(m, i, c)
		return
	}
	old := r.resumes(m)
	if old < 0 && !r.founds(m) {
		m.dropped = true
		return
	}
	m.cluster = int32(len(r.clusters))
	c := cluster{kind: m.kind, step: m.row.step}
	if old >= 0 {
		c.kind = r.clusters[old].kind
		c.parts = append(c.parts, r.clusters[old].parts...)
		c.row = r.mentions[r.clusters[old].mentions[0]].row
	} else if old = r.apartFrom(m); old >= 0 {
		c.parts = append(c.parts, r.clusters[old].parts...)
	}
	r.clusters = append(r.clusters, c)
	r.join(m, i, m.cluster)
}

// founds reports whether a mention that continues none may begin an event: it
// tells who, or where, or when.
func (r *run) founds(m *mention) bool {
	n := 0
	if m.row.pronoun || m.row.step == stepTurn {
		return false
	}
	if m.row.step != stepNone {
		return m.row.step != stepSail || !m.place.Span.Empty() || m.time != nil || len(m.parts) > 0
	}
	for _, p := range m.parts {
		if attends(p.as) || p.as == doc.AsDrafter || p.as == doc.AsOrganiser || p.as == doc.AsInvited {
			n++
		}
	}
	if m.row.needs&needSoft != 0 {
		return n >= 2
	}
	if n == 0 && m.noun && (m.kind == doc.EventAttack && !m.place.Span.Empty() || m.kind == doc.EventMeeting && m.label != "") &&
		(m.status == doc.StatusOccurred || m.status == 0 && m.article == definite) {
		return true // "the strike on the port", "the G20 summit"
	}
	if n == 0 && (m.kind == doc.EventVisit || !m.firm && !m.supposed && !dialogue(m.kind)) {
		return false // "the accord" takes up one that was told, and makes none
	}
	if n == 0 {
		if m.kind == doc.EventCeasefire && m.firm {
			return true // "called for a truce": whose, the reader knows
		}
		return (m.firm || m.status != 0 && dialogue(m.kind)) && (!m.place.Span.Empty() || m.time != nil || m.duration != nil)
	}
	if n == 1 && dialogue(m.kind) && m.kind != doc.EventVisit && !r.hasGroup(m) {
		return m.firm || !m.place.Span.Empty() || m.time != nil || m.duration != nil || m.noun && len(m.slots) > 0
	}
	return true
}

// bestCluster is the cluster that the mention continues, or None.
func (r *run) bestCluster(m *mention, from int) int32 {
	best, top := int32(doc.None), float32(0.99)
	for c := len(r.clusters) - 1; c >= from; c-- {
		if s, ok := r.fit(m, &r.clusters[c]); ok && s > top {
			best, top = int32(c), s
		}
	}
	return best
}

// fit holds a mention against a cluster: false where they cannot be one event,
// else how well they fit. From 1 on they are taken for one.
func (r *run) fit(m *mention, c *cluster) (float32, bool) {
	if m.row == consent {
		return 2, r.takesUp(m, c)
	}
	if m.row.step != c.step && !m.row.pronoun || m.row.step != stepNone {
		return r.fitStep(m, c)
	}
	s, ok := r.fitKind(m, c)
	if !ok || r.apart(m, c) || m.fresh && !c.fresh || m.first && !c.first || m.past != c.past && (m.past || m.article != definite && m.article != pointing) {
		return 0, false
	}
	for _, f := range []func(*mention, *cluster) (float32, bool){r.fitTime, r.fitSite, r.fitReal, r.fitParts} {
		d, ok := f(m, c)
		if !ok {
			return 0, false
		}
		s += d
	}
	switch far := r.d.Tokens.Sent[m.at] - r.d.Tokens.Sent[c.last]; {
	case far < 0:
	case far <= 1:
		s += 0.8
	case far <= 2:
		s += 0.6
	case far <= 4:
		s += 0.4
	case far > 12:
		s -= 0.3
	}
	return s, true
}

func (r *run) fitKind(m *mention, c *cluster) (float32, bool) {
	if m.row.needs&needStage != 0 {
		return 0.3, c.kind == doc.EventMeeting
	}
	phone := func(f doc.Format) bool { return f == doc.FormatPhone }
	if phone(m.format) != phone(c.format) {
		if m.kind == doc.EventMeeting || m.kind == doc.EventVisit || c.kind == doc.EventMeeting || c.kind == doc.EventVisit {
			return 0, false
		}
		if !m.place.Span.Empty() || !c.place.Span.Empty() {
			return 0, false
		}
		if phone(c.format) && m.kind != doc.EventCall && !has(m.row.also, doc.EventCall) && !m.row.pronoun {
			return 0, false // "the negotiations" are no telephone call
		}
	}
	if m.kind == c.kind {
		return 0.3, true
	}
	if m.kind == doc.EventMeeting && c.kind == doc.EventCall && !m.noun && !m.place.Span.Empty() {
		return 0, false // who sat down in a room did not telephone
	}
	if m.kind == doc.EventNegotiation && r.handshake(c) {
		return 0, false // who shook hands were not the talks
	}
	if m.row.pronoun {
		return 0.2, dialogue(c.kind) || c.kind == doc.EventVote || c.kind == doc.EventSigning
	}
	if has(m.row.also, c.kind) {
		return 0, true
	}
	for _, i := range c.mentions {
		if has(r.mentions[i].row.also, m.kind) {
			return 0, true
		}
	}
	return 0, false
}

// handshake reports whether all that is told of c is that hands were shaken.
func (r *run) handshake(c *cluster) bool {
	for _, i := range c.mentions {
		if r.mentions[i].row.class != "hands" {
			return false
		}
	}
	return true
}

func (r *run) fitTime(m *mention, c *cluster) (float32, bool) {
	if t := m.told; t != nil && t.Known() && c.time != nil && c.time.Known() && t.To.AddDate(0, 1, 0).Before(c.time.From) {
		switch m.status {
		case doc.StatusDenied, doc.StatusCancelled, doc.StatusPostponed:
			return 0, false // what was refused long before is another one
		}
	}
	if r.takenUpAnew(m, c) || m.firm && m.time != nil && r.mentions[c.mentions[0]].taken {
		return 0, false // "resumed its participation in the deal" is not the day when it was made
	}
	if m.time == nil || c.time == nil {
		if m.time != nil && r.historical(m.time) && (c.real >= 0 && c.firm || c.real < 0) {
			return -2, true
		}
		if c.time != nil && r.historical(c.time) && m.article != definite && m.article != pointing {
			return -1.5, true
		}
		return 0, true
	}
	if !m.time.Known() || !c.time.Known() {
		if lower(r.d.Slice(m.time.Span)) == lower(r.d.Slice(c.time.Span)) {
			return 0.5, true
		}
		return -0.3, true
	}
	if m.time.From.After(c.time.To) || c.time.From.After(m.time.To) {
		return 0, (c.off || m.status == doc.StatusPostponed) && m.realness()*c.real >= 0
	}
	if long := 10 * 24 * time.Hour; m.time.From != c.time.From && (m.time.To.Sub(m.time.From) > long || c.time.To.Sub(c.time.From) > long) {
		return 0, true // "within weeks" holds many a day
	}
	return 1, true
}

// takenUpAnew reports whether one of the two is what somebody wants resumed, on no
// day, and the other was to be held on a day that is over: "urged both sides to
// return to talks", "the ministers were to meet on Monday". "The talks" may take
// up the plan that failed.
func (r *run) takenUpAnew(m *mention, c *cluster) bool {
	over := func(t *doc.Time) bool {
		return t != nil && t.Known() && !r.d.Published.IsZero() && r.beforeDay(t, r.d.Published)
	}
	ahead := func(x *mention) bool {
		return x.goesOn && x.realness() < 0 && x.status != doc.StatusPostponed && x.time == nil
	}
	if c.real >= 0 || m.realness() >= 0 {
		return false
	}
	if m.noun && (m.article == definite || m.article == pointing || m.article == possessed) {
		return false
	}
	if ahead(m) {
		return over(c.time) && !c.off
	}
	return c.time == nil && over(m.time) && len(c.mentions) == 1 && ahead(&r.mentions[c.mentions[0]])
}

// heldAfter reports whether the mention tells that what was put off was taken up
// again: "The talks were put off. They began in May."
func (r *run) heldAfter(m *mention, c *cluster) bool {
	return c.off && m.realness() > 0 && m.noun && (m.article == definite || m.article == pointing)
}

// resumes is the event near the mention that was put off from another day than
// the one on which the mention says that it was held: they are two, since the
// first day passed without it. None without one.
func (r *run) resumes(m *mention) int32 {
	for k := len(r.clusters) - 1; k >= 0; k-- {
		c := &r.clusters[k]
		if r.d.Tokens.Sent[m.at]-r.d.Tokens.Sent[c.last] > 3 {
			break
		}
		if r.heldAfter(m, c) && m.firm && m.time != nil && c.time != nil && m.time.Known() && c.time.Known() && m.time.From.After(c.time.To) {
			return int32(k)
		}
	}
	return doc.None
}

func (r *run) fitSite(m *mention, c *cluster) (float32, bool) {
	a, b := m.place, c.place
	if a.Span.Empty() || b.Span.Empty() {
		if r.isRoom(a) && (m.first || m.fresh || m.goesOn) {
			return 0, false
		}
		return 0, true
	}
	if samePlace(a.Name, b.Name) {
		return 1, true
	}
	if r.isRoom(a) != r.isRoom(b) {
		if m.first || m.goesOn || r.isRoom(b) && m.article != definite && m.article != pointing {
			return 0, false
		}
	}
	if samePlace(a.Name, b.Within) || samePlace(a.Within, b.Name) {
		return 0.5, true
	}
	if a.Within != "" && samePlace(a.Within, b.Within) && !r.isRoom(a) && !r.isRoom(b) {
		return 0, true
	}
	if r.isCountry(a.Span) != r.isCountry(b.Span) || r.isNamed(r.d.HeadOf(a.Span)) != r.isNamed(r.d.HeadOf(b.Span)) {
		return 0, true // "in Nairobi", "at a hotel"
	}
	return 0, false
}

func (r *run) isCountry(s doc.Span) bool {
	if s.Empty() {
		return false
	}
	m := r.mentionOf[r.d.HeadOf(s)]
	return m >= 0 && r.d.Actors[r.d.Mentions[m].Actor].Kind == doc.KindCountry
}

func samePlace(a, b string) bool {
	return a != "" && lower(a) == lower(b)
}

// realness is 1 for what happens or happened, -1 for what does not yet, 0 where
// the mention does not say, or speaks of a denial, which fits both.
func (m *mention) realness() int8 {
	switch m.status {
	case doc.StatusOccurred, doc.StatusOngoing:
		return 1
	case 0:
		if m.supposed {
			return -1
		}
		return 0
	case doc.StatusDenied:
		return 0
	}
	return -1
}

func (r *run) fitReal(m *mention, c *cluster) (float32, bool) {
	a, b := m.realness(), c.real
	if a == 0 || b == 0 {
		return 0, true
	}
	if a == b {
		return 0.25, true
	}
	if r.heldAfter(m, c) || a > 0 && (r.dayPassed(m, c) || m.row.needs&needStage != 0) {
		return 0, true
	}
	same := m.time != nil && c.time != nil && m.time.Known() && c.time.Known()
	if same {
		return -0.3, true // fitTime has let them pass: the plan, and that it was kept
	}
	if m.noun && m.article == definite && b > 0 && (m.status == doc.StatusPostponed || m.status == doc.StatusCancelled) {
		return -0.3, true // talks that are suspended have begun
	}
	if m.noun && !m.firm && m.article == definite && m.status == doc.StatusPlanned && b > 0 {
		return -0.3, true // "Before the session, A phoned B": it was held after that
	}
	if m.firm && (c.firm || b > 0 && !m.noun) || m.supposed {
		return 0, false
	}
	return -1, true
}

// dayPassed reports whether the day for which c was planned is over, and the
// mention, right after it, tells of no other: "were to meet on Monday. They met
// at a hotel."
func (r *run) dayPassed(m *mention, c *cluster) bool {
	pub := r.d.Published
	return m.time == nil && c.time != nil && c.time.Known() && !pub.IsZero() && !r.afterDay(c.time, pub) && c.time.To.Sub(c.time.From) < 48*time.Hour &&
		r.d.Tokens.Sent[m.at]-r.d.Tokens.Sent[c.last] <= 1
}

// fitParts compares who takes part.
func (r *run) fitParts(m *mention, c *cluster) (float32, bool) {
	if m.size != 0 && c.size != 0 && m.size != c.size || m.alone && !c.alone && (c.group || attendingOf(c.parts) > 2) {
		return 0, false
	}
	shared, extra, any := 0, 0, 0
	var soft float32
	for _, p := range m.parts {
		if !attends(p.as) && p.as != doc.AsDrafter {
			continue
		}
		in := r.hasPart(c, p)
		if p.implied {
			if in {
				soft += 0.4
			} else {
				soft -= 0.2
			}
			continue
		}
		any++
		if in {
			shared++
		} else {
			extra++
		}
	}
	others := 0 // those of the cluster whom the mention leaves out
	for _, p := range c.parts {
		if (attends(p.as) || p.as == doc.AsDrafter) && !r.mentionHasPart(m, p) {
			others++
		}
	}
	anaphor := m.noun && (m.article == definite || m.article == pointing || m.article == possessed)
	near := r.d.Tokens.Sent[m.at]-r.d.Tokens.Sent[c.last] <= 3
	switch {
	case r.refusedVote(m, c) && near:
		return 1, true
	case r.sameDeal(m, c):
		return 0.5, true
	case any >= 2 && extra > 0 && m.firm && m.realness() > 0 && r.onlyDenied(c):
		return 0, false // "denied that A met B. C met D."
	case m.size >= 3 && m.size == c.size && shared >= 2 && extra == 0 && m.realness() == c.real:
		return 1.5, true // "a trilateral meeting with Xi": one of the three speaks of it
	case m.size >= 3 && c.full && attendingOf(c.parts) < m.size, c.size >= 3 && m.full && any < c.size,
		c.alone && extra > 0, m.alone && extra > 0 && c.full:
		return 0, false
	case any == 0:
		return r.fitUnnamed(m, c, anaphor, near, soft)
	case m.full && c.full:
		if extra == 0 && others > 0 && near && attendingOf(c.parts) > 2 && m.realness() > 0 && c.real > 0 {
			return 1, true // one of those who were called, told apart
		}
		if extra > 0 || others > 0 {
			return 0, false
		}
		return 2, true
	case shared == 0 && (r.fillsGroup(m.parts, c.parts) || r.fillsGroup(c.parts, m.parts)):
		return 1, true
	case shared == 0 && r.otherRank(m.parts, c.parts):
		return 0, false
	case shared == 0:
		if anaphor && near && (len(c.parts) == 0 || c.group) {
			return 0.4, true
		}
		if len(c.parts) == 0 && near && !m.place.Span.Empty() && !c.place.Span.Empty() {
			return 1, true
		}
		return 0, false
	case c.full && extra > 0:
		return 0, false
	}
	s := float32(shared) - 0.5*float32(extra) + soft
	if m.size >= 3 && m.size == c.size {
		s += 0.8
	}
	if m.noun && m.article == indefinite && !m.full {
		s -= 0.4
	}
	if anaphor {
		s += 0.4
	}
	return s, true
}

// otherRank reports whether those of a are of another rank than those of b, by
// what they are called: "the leaders' summit" is not where officials meet.
func (r *run) otherRank(a, b []part) bool {
	of := func(ps []part) doc.Level {
		var low doc.Level
		for _, p := range ps {
			if attends(p.as) && !p.implied && r.d.Actors[p.actor].Kind == doc.KindGroup {
				low = max(low, r.levelOf(p.actor))
			}
		}
		return low
	}
	x, y := of(a), of(b)
	return x != 0 && y != 0 && x != y
}

// fillsGroup reports whether those of who are as many as the one group that b is
// made of: "Burhan and Hemedti" for "the two generals".
func (r *run) fillsGroup(who, b []part) bool {
	n, size := 0, 0
	for _, p := range b {
		if attends(p.as) && !p.implied {
			n++
			size = r.sizeOf(p)
		}
	}
	if n != 1 || size == 0 {
		return false
	}
	n = 0
	for _, p := range who {
		if attends(p.as) && !p.implied {
			n++
		}
	}
	return n == size
}

// fitUnnamed: "the meeting", "these talks" take up what was told before; "a
// meeting" with nobody named does not.
func (r *run) fitUnnamed(m *mention, c *cluster, anaphor, near bool, soft float32) (float32, bool) {
	switch {
	case m.label != "" && m.label != c.label && !samePlace(m.label, c.place.Name):
		return 0, m.time != nil && c.time != nil || m.heading // "the G20 summit" is not the meeting just told of
	case anaphor:
		return 0.8 + soft + r.sameWord(m, c), true
	case m.negated && m.firm && m.noun && m.kind == c.kind && near:
		return 0.8, true // "The paper said they had signed. No signing took place."
	case m.noun && m.article == bare && (near || m.status != 0) && m.row.needs&needStrong == 0:
		return 0.5 + soft, true
	case soft > 0:
		return 0.3 + soft, true
	case !m.noun && near:
		return 0.4, true
	}
	return 0, m.time != nil || !m.place.Span.Empty() || m.heading
}

// sameWord favours the cluster that has been named by the same noun: "the
// summit" is the one that was called a summit.
func (r *run) sameWord(m *mention, c *cluster) float32 {
	if m.row.pronoun {
		return 0
	}
	last := func(t *trigger) string { return t.words[len(t.words)-1] }
	if c.row != nil && last(c.row) == last(m.row) {
		return 0.5
	}
	for _, i := range c.mentions {
		x := &r.mentions[i]
		if x.noun && last(x.row) == last(m.row) || !x.noun && x.row.words[0] == last(m.row) { // "to visit", "the visit"
			return 0.5
		}
	}
	return 0
}

func (r *run) hasPart(c *cluster, q part) bool {
	for _, p := range c.parts {
		if (attends(p.as) || p.as == doc.AsDrafter) && r.samePart(p.who, q.who) {
			return true
		}
	}
	return false
}

// samePart is samePeople, but a delegation does not stand for its leader.
func (r *run) samePart(p, q who) bool {
	if p.sent && r.levelOf(q.actor) == doc.LevelLeaders || q.sent && r.levelOf(p.actor) == doc.LevelLeaders {
		return p.actor == q.actor
	}
	return r.samePeople(p.actor, q.actor)
}

func (r *run) mentionHasPart(m *mention, q part) bool {
	for _, p := range m.parts {
		if !p.implied && r.samePart(p.who, q.who) {
			return true
		}
	}
	return false
}

func (r *run) mentionHas(m *mention, a doc.ActorID) bool {
	for _, p := range m.parts {
		if !p.implied && r.samePeople(p.actor, a) {
			return true
		}
	}
	return false
}

func attendingOf(ps []part) int {
	n := 0
	for _, p := range ps {
		if attends(p.as) {
			n++
		}
	}
	return n
}
