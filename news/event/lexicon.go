package event

import (
	"embed"
	"fmt"
	"strings"
	"sync"

	"readout/codebook/cameo"
	"readout/doc"
)

//go:embed data/*.tsv
var data embed.FS

// trigger is a row of triggers.tsv: a word that names an event.
type trigger struct {
	words  []string // its words; the first is the main one of a verb, the last of a noun
	noun   bool
	kind   doc.EventKind // unset: the phrase is no event ("press conference")
	also   []doc.EventKind
	frame  string
	format doc.Format
	needs  need
	class  string // class the object must be of
	cameo  string
	step   step // of a deal, by the frame

	pronoun bool // it names no kind: it takes up an event that was told
}

// need is a set of conditions on the arguments of a trigger.
type need uint64

const (
	needTwo        need = 1 << iota // two who take part, or one of several
	needWith                        // someone with whom
	needTo                          // someone to whom
	needPerson                      // an object that is someone, not a thing
	needPlace                       // a place
	needDest                        // a place after to, in, at, into
	needActor                       // an object that is an actor
	needBetween                     // someone between whom
	needSubject                     // a subject that is an actor
	needPeople                      // a subject that is a crowd
	needPersonSubj                  // a subject that is a person
	needTarget                      // an object that is an actor or a place
	needStrong                      // noun: governed, or with parties
	needCall                        // noun: with someone, or governed by hold, have, place
	needPlural                      // noun: in the plural
	needTalks                       // noun: "round of talks"
	needCaptive                     // noun: "exchange of prisoners"
	needAgreeOn                     // "agreed on", and not on an event of its own
	needSoft                        // makes an event of its own only with two named parties
	needSupport                     // noun: governed by a verb of the table
	needEnvoys                      // a subject that is no crowd and no army
	needPassive                     // somebody to whom it is done, for subject
	needOut                         // a deal that is left: "pulled out of the pact"
	needInto                        // a deal that is entered again: "returned to the pact"
	needTold                        // of a deal told before, in the clause nothing but a country or body
	needVessel                      // a ship or convoy for subject
	needThat                        // a clause with "that" which tells of no event
	needSeen                        // a place, a day or "again"
	needSeveral                     // a subject that is several
	needPair                        // an object that is several
	needTabled                      // noun: a proposal told before, or told whose and of what
	needStage                       // noun: "at the opening", of a meeting told just before
	needGoods                       // goods under a deal told before, for subject
)

var needNames = map[string]need{
	"two": needTwo, "with": needWith, "to": needTo, "person": needPerson, "place": needPlace, "dest": needDest,
	"actor": needActor, "between": needBetween, "subj": needSubject, "subj-people": needPeople,
	"person-subj": needPersonSubj, "target": needTarget, "strong": needStrong, "callish": needCall,
	"plural-noun": needPlural, "of-talks": needTalks, "of-captive": needCaptive, "agree-on": needAgreeOn,
	"soft": needSoft, "support": needSupport, "envoys": needEnvoys, "passive": needPassive,
	"out-of": needOut, "into": needInto, "told": needTold, "vessel-subj": needVessel, "goods-subj": needGoods,
	"that": needThat, "seen": needSeen, "several": needSeveral, "pair": needPair, "tabled": needTabled, "stage": needStage, "state": 0,
}

// effect is what a word does to the status of the event it governs.
type effect uint8

const (
	effNone      effect = iota // says nothing of it, and what stands above says nothing either
	effKeep                    // leaves it to what stands above
	effTense                   // it is as real as the word's own tense: "held talks"
	effReal                    // takes it for granted, as real as the tense allows: "described the talks"
	effPlan                    // "agreed to talks"
	effAccept                  // "accepted an invitation to talks"
	effPropose                 // "called for talks"
	effPossible                // "considers talks"
	effTry                     // "tried to meet"
	effThreaten                // "threatened to attack"
	effBegin                   // "opened talks"
	effContinue                // "are pursuing talks"
	effEnd                     // "concluded talks"
	effCancel                  // "called off talks"
	effPostpone                // "put off talks"
	effRevive                  // "revived the talks" that were called off
	effRefuse                  // "refused to meet"
	effDeny                    // "denied that they met"
	effCondition               // "talks hinge on a truce"
)

var effectNames = map[string]effect{
	"none": effNone, "keep": effKeep, "tam": effTense, "real": effReal, "plan": effPlan, "propose": effPropose,
	"accept": effAccept, "possible": effPossible, "try": effTry, "threaten": effThreaten, "begin": effBegin, "continue": effContinue,
	"end": effEnd, "cancel": effCancel, "postpone": effPostpone, "revive": effRevive, "refuse": effRefuse, "deny": effDeny,
	"condition": effCondition,
}

// part of a governor's subject in the event it governs.
type subjectPart uint8

const (
	subjNone   subjectPart = iota
	subjSelf               // as the subject of the event itself
	subjWith               // the same, where the event has someone it is held with
	subjAbsent             // stays away
	subjOther              // the part in governor.part
)

// governor is a row of governors.tsv: a word above an event in the tree.
type governor struct {
	words  []string
	pos    byte // 'v', 'n', 'a'
	slots  []string
	effect effect
	subj   subjectPart
	part   doc.Part
	neg    doc.Status // status when the word is negated; unset leaves the effect
	absent bool       // negated, its subject stays away
}

// modifier is a row of modifiers.tsv: an adjective of a noun that names an event.
type modifier struct {
	effect effect
	sense  string
}

// preposition is a row of prepositions.tsv.
type preposition struct {
	effect effect
	link   doc.LinkKind
}

// condition is a row of conditions.tsv.
type condition struct {
	kind   doc.ConditionKind
	always bool // makes a plan conditional; otherwise only tells the order
}

// line is a row of acts.tsv: the line of who speaks so, of what is real and
// of what is not yet, and the code of the act itself, "" when it has none.
type line struct {
	real, unreal doc.Line
	code         cameo.Code
}

// lexicon holds the tables. It is never written after it is made.
type lexicon struct {
	triggers     map[string][]*trigger // by main word
	governors    map[string][]*governor
	frames       map[string]map[string]doc.Part // by frame and slot
	modifiers    map[string]modifier
	prepositions map[string]preposition
	conditions   map[string]condition
	classes      map[string]map[string]bool
	venues       map[string]string // name to what it lies in
	acts         map[doc.Act]line
	ranks        map[string]doc.Level
	verbForms    map[string]string // inflected form of a word of the tables to the word
	nounForms    map[string]string
}

var loadLexicon = sync.OnceValues(newLexicon)

// table is the rows of a file, header dropped, with its name for errors.
func table(name string, fields int) ([][]string, error) {
	b, err := data.ReadFile("data/" + name)
	if err != nil {
		return nil, err
	}
	var rows [][]string
	for n, l := range strings.Split(strings.TrimRight(string(b), "\n"), "\n") {
		f := strings.Split(l, "\t")
		if len(f) != fields {
			return nil, fmt.Errorf("%s:%d: %d fields, want %d", name, n+1, len(f), fields)
		}
		if n > 0 {
			rows = append(rows, f)
		}
	}
	return rows, nil
}

func newLexicon() (*lexicon, error) {
	x := &lexicon{
		triggers: map[string][]*trigger{}, governors: map[string][]*governor{},
		frames: map[string]map[string]doc.Part{}, modifiers: map[string]modifier{},
		prepositions: map[string]preposition{}, conditions: map[string]condition{},
		classes: map[string]map[string]bool{}, venues: map[string]string{}, acts: map[doc.Act]line{},
		ranks: map[string]doc.Level{}, verbForms: map[string]string{}, nounForms: map[string]string{},
	}
	for _, t := range []struct {
		name   string
		fields int
		add    func([]string) error
	}{
		{"irregular.tsv", 3, x.addIrregular}, {"classes.tsv", 2, x.addClass}, {"frames.tsv", 4, x.addFrame}, {"triggers.tsv", 10, x.addTrigger},
		{"governors.tsv", 8, x.addGovernor}, {"modifiers.tsv", 5, x.addModifier},
		{"prepositions.tsv", 5, x.addPreposition}, {"conditions.tsv", 5, x.addCondition},
		{"venues.tsv", 3, x.addVenue}, {"acts.tsv", 5, x.addAct}, {"ranks.tsv", 3, x.addRank},
	} {
		rows, err := table(t.name, t.fields)
		if err != nil {
			return nil, err
		}
		for n, row := range rows {
			if err := t.add(row); err != nil {
				return nil, fmt.Errorf("%s:%d: %w", t.name, n+2, err)
			}
		}
	}
	return x, nil
}

func (x *lexicon) addClass(f []string) error {
	set := map[string]bool{}
	for _, w := range strings.Fields(f[1]) {
		set[w] = true
		x.inflect(w, f[0] != "objectcontrol")
	}
	x.classes[f[0]] = set
	return nil
}

func (x *lexicon) addFrame(f []string) error {
	p, ok := doc.ParsePart(f[2])
	if !ok {
		return fmt.Errorf("part %q", f[2])
	}
	if x.frames[f[0]] == nil {
		x.frames[f[0]] = map[string]doc.Part{}
	}
	x.frames[f[0]][f[1]] = p
	return nil
}

func (x *lexicon) addTrigger(f []string) error {
	t := &trigger{noun: f[1] == "n", frame: f[4], cameo: f[7], words: words(f[0]), step: steps[f[4]]}
	var ok bool
	if t.kind, ok = doc.ParseEventKind(f[2]); !ok && f[2] != "" {
		return fmt.Errorf("kind %q", f[2])
	}
	for _, k := range strings.Fields(f[3]) {
		a, ok := doc.ParseEventKind(k)
		if !ok {
			return fmt.Errorf("kind %q", k)
		}
		t.also = append(t.also, a)
	}
	if t.format, ok = doc.ParseFormat(f[5]); !ok && f[5] != "" {
		return fmt.Errorf("format %q", f[5])
	}
	if x.frames[t.frame] == nil && t.kind != 0 {
		return fmt.Errorf("frame %q", t.frame)
	}
	for _, n := range strings.Fields(f[6]) {
		if v, ok := needNames[n]; ok {
			t.needs |= v
		} else if x.classes[n] != nil {
			t.class = n
		} else {
			return fmt.Errorf("need %q", n)
		}
	}
	t.pronoun = t.needs&needStage != 0
	if !t.noun {
		t.words = strings.Fields(f[0])
	}
	main := t.words[0]
	if t.noun && !strings.Contains(f[0], " of ") {
		main = t.words[len(t.words)-1]
	}
	x.triggers[main] = append(x.triggers[main], t)
	x.inflect(main, t.noun)
	if joined := strings.ReplaceAll(f[0], " ", ""); t.noun && strings.Contains(f[0], "-") {
		whole := *t
		whole.words = []string{joined}
		x.triggers[joined] = append(x.triggers[joined], &whole)
	}
	return nil
}

// words cuts a phrase at its spaces and hyphens, as tokens are cut.
func words(s string) []string {
	return strings.FieldsFunc(s, func(c rune) bool { return c == ' ' || c == '-' })
}

func (x *lexicon) addGovernor(f []string) error {
	g := &governor{words: strings.Fields(f[0]), pos: f[1][0], slots: slots(f[2])}
	e, ok := effectNames[f[3]]
	if !ok {
		return fmt.Errorf("effect %q", f[3])
	}
	g.effect = e
	switch f[4] {
	case "none":
	case "self":
		g.subj = subjSelf
	case "with":
		g.subj = subjWith
	case "absent":
		g.subj = subjAbsent
	default:
		if g.part, ok = doc.ParsePart(f[4]); !ok {
			return fmt.Errorf("part %q", f[4])
		}
		g.subj = subjOther
	}
	if f[5] == "absent" {
		g.absent = true
	} else if g.neg, ok = doc.ParseStatus(f[5]); !ok && f[5] != "" {
		return fmt.Errorf("status %q", f[5])
	}
	main := g.words[0]
	if g.pos == 'a' {
		main = g.words[len(g.words)-1]
	}
	x.governors[main] = append(x.governors[main], g)
	if g.pos != 'a' {
		x.inflect(main, g.pos == 'n')
	}
	return nil
}

// slots cuts "obj prep:for clause"; a preposition of several words is written
// with underscores.
func slots(s string) []string {
	out := strings.Fields(s)
	for i := range out {
		out[i] = strings.ReplaceAll(out[i], "_", " ")
	}
	return out
}

func (x *lexicon) addModifier(f []string) error {
	e, ok := effectNames[f[1]]
	if !ok {
		return fmt.Errorf("effect %q", f[1])
	}
	x.modifiers[f[0]] = modifier{e, f[2]}
	return nil
}

func (x *lexicon) addPreposition(f []string) error {
	e, ok := effectNames[f[1]]
	if !ok {
		return fmt.Errorf("effect %q", f[1])
	}
	l, ok := doc.ParseLinkKind(f[2])
	if !ok && f[2] != "" {
		return fmt.Errorf("link %q", f[2])
	}
	x.prepositions[f[0]] = preposition{e, l}
	return nil
}

func (x *lexicon) addCondition(f []string) error {
	k, ok := doc.ParseConditionKind(f[1])
	if !ok {
		return fmt.Errorf("condition %q", f[1])
	}
	x.conditions[f[0]] = condition{k, f[2] == "conditional"}
	return nil
}

func (x *lexicon) addVenue(f []string) error {
	x.venues[f[0]] = f[1]
	return nil
}

func (x *lexicon) addAct(f []string) error {
	a, ok := doc.ParseAct(f[0])
	real, ok1 := doc.ParseLine(f[1])
	unreal, ok2 := doc.ParseLine(f[2])
	if !ok || !ok1 || !ok2 {
		return fmt.Errorf("act %q: %q, %q", f[0], f[1], f[2])
	}
	code := cameo.Code(f[3])
	if _, ok := cameo.Lookup(code); code != "" && !ok {
		return fmt.Errorf("code %q", f[3])
	}
	x.acts[a] = line{real, unreal, code}
	return nil
}

func (x *lexicon) addRank(f []string) error {
	l, ok := doc.ParseLevel(f[1])
	if !ok {
		return fmt.Errorf("level %q", f[1])
	}
	x.ranks[f[0]] = l
	return nil
}
