package issue

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"readout/doc"
)

//go:embed data/topics.tsv
var topicsTSV string

//go:embed data/stances.tsv
var stancesTSV string

//go:embed data/words.tsv
var wordsTSV string

//go:embed data/agenda.tsv
var agendaTSV string

//go:embed data/proposals.tsv
var proposalsTSV string

// topic is a row of data/topics.tsv: something parties negotiate about.
type topic struct {
	name    string
	partOf  string
	example string
}

// pattern is a sequence of lemmas that names a topic. An element is a list of
// alternatives; wild stands for up to maxGap tokens of any kind.
type pattern struct {
	topic int
	elems [][]string
}

const (
	wild   = "_"
	maxGap = 3 // "withdrawal of all Rwandan government troops"
)

// table holds the topics and stances. It is never written once made.
type table struct {
	topics   []topic
	byName   map[string]int
	patterns map[string][]pattern // by each alternative of the first element
	stances  map[string]stance

	agenda    map[string]agenda
	proposals map[word]proposal
	sets      map[string]bool // verbs by which a text sets terms: "provides for"
	vague     map[string]bool // nouns that name no topic
	text      map[string]bool // nouns for what holds terms: "the draft"
	findings  map[string]bool // nouns for what shows, and proposes nothing: "estimates"
}

// word is a lemma with its part of speech.
type word struct {
	lemma string
	upos  doc.UPOS
}

// agenda is a row of data/agenda.tsv: a word that says what is dealt with, by
// its object (via "") or by one of the prepositions.
type agenda struct {
	upos    doc.UPOS
	via     string
	example string
}

func (a agenda) governs(prep string) bool {
	return prep != "" && slices.Contains(strings.Fields(a.via), prep)
}

// proposal is a row of data/proposals.tsv.
type proposal struct {
	status  doc.ProposalStatus
	example string
}

// stance is a row of data/stances.tsv: what a governing word makes of a topic.
type stance struct {
	plain, negated doc.Stance
	example        string
}

// rows splits a table with a header row; every row has all its columns.
func rows(name, text string, columns int) ([][]string, error) {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	var out [][]string
	for n, line := range lines[1:] {
		f := strings.Split(line, "\t")
		if len(f) != columns {
			return nil, fmt.Errorf("%s:%d: %d columns, %d needed", name, n+2, len(f), columns)
		}
		out = append(out, f)
	}
	return out, nil
}

func parseTable(topics, stances, agendas, proposals, words string) (*table, error) {
	t := &table{
		byName: map[string]int{}, patterns: map[string][]pattern{}, stances: map[string]stance{},
		agenda: map[string]agenda{}, proposals: map[word]proposal{},
		sets: map[string]bool{}, vague: map[string]bool{}, text: map[string]bool{}, findings: map[string]bool{},
	}
	if err := t.parseTopics(topics); err != nil {
		return nil, err
	}
	if err := t.parseStances(stances); err != nil {
		return nil, err
	}
	list, err := rows("agenda.tsv", agendas, 4)
	if err != nil {
		return nil, err
	}
	for i, f := range list {
		upos, ok := doc.ParseUPOS(f[1])
		if !ok {
			return nil, fmt.Errorf("agenda.tsv:%d: no part of speech: %q", i+2, f[1])
		}
		t.agenda[f[0]] = agenda{upos, strings.TrimPrefix(f[2], "obj"), f[3]}
	}
	if list, err = rows("proposals.tsv", proposals, 4); err != nil {
		return nil, err
	}
	for i, f := range list {
		upos, ok := doc.ParseUPOS(f[1])
		status, ok2 := doc.ParseProposalStatus(f[2])
		if !ok || !ok2 {
			return nil, fmt.Errorf("proposals.tsv:%d: no part of speech or status: %q, %q", i+2, f[1], f[2])
		}
		t.proposals[word{f[0], upos}] = proposal{status, f[3]}
	}
	return t, t.parseWords(words)
}

func (t *table) parseWords(text string) error {
	list, err := rows("words.tsv", text, 3)
	if err != nil {
		return err
	}
	lists := map[string]map[string]bool{"sets": t.sets, "vague": t.vague, "text": t.text, "findings": t.findings}
	for i, f := range list {
		m, ok := lists[f[1]]
		if !ok {
			return fmt.Errorf("words.tsv:%d: no list %q", i+2, f[1])
		}
		m[f[0]] = true
	}
	return nil
}

func (t *table) parseTopics(text string) error {
	list, err := rows("topics.tsv", text, 4)
	if err != nil {
		return err
	}
	for i, f := range list {
		if _, ok := t.byName[f[0]]; ok {
			return fmt.Errorf("topics.tsv:%d: topic %q stands twice", i+2, f[0])
		}
		t.byName[f[0]] = i
		t.topics = append(t.topics, topic{f[0], f[2], f[3]})
		for _, p := range strings.Split(f[1], ";") {
			pat := pattern{topic: i}
			for _, e := range strings.Fields(p) {
				pat.elems = append(pat.elems, strings.Split(strings.ToLower(e), "/"))
			}
			if len(pat.elems) == 0 {
				return fmt.Errorf("topics.tsv:%d: an empty pattern", i+2)
			}
			for _, first := range pat.elems[0] {
				t.patterns[first] = append(t.patterns[first], pat)
			}
		}
	}
	for i, f := range list {
		if _, ok := t.byName[f[2]]; f[2] != "" && !ok {
			return fmt.Errorf("topics.tsv:%d: part_of names no topic: %q", i+2, f[2])
		}
	}
	return nil
}

func (t *table) parseStances(text string) error {
	list, err := rows("stances.tsv", text, 4)
	if err != nil {
		return err
	}
	for i, f := range list {
		a, ok := doc.ParseStance(f[1])
		b, ok2 := doc.ParseStance(f[2])
		if !ok || !ok2 {
			return fmt.Errorf("stances.tsv:%d: no such stance: %q, %q", i+2, f[1], f[2])
		}
		t.stances[f[0]] = stance{a, b, f[3]}
	}
	return nil
}

// match finds the longest pattern that begins at token i: its topic and span.
// Patterns are compared with lemmas, or forms, in lower case.
func (t *table) match(d *doc.Document, low []string, i int32) (int, doc.Span, bool) {
	best, topic := doc.Span{}, -1
	try := func(list []pattern) {
		for _, p := range list {
			if end, ok := matchElems(d, low, p.elems[1:], i+1, d.SentenceOf(i).End); ok && end-i > int32(best.Len()) {
				best, topic = doc.Span{Begin: i, End: end}, p.topic
			}
		}
	}
	try(t.patterns[low[i]])
	if f := strings.ToLower(d.Form(i)); f != low[i] {
		try(t.patterns[f])
	}
	return topic, best, topic >= 0
}

// matchElems matches the rest of a pattern from token i on and gives the end.
func matchElems(d *doc.Document, low []string, elems [][]string, i, end int32) (int32, bool) {
	for k, e := range elems {
		if e[0] == wild {
			rest := elems[k+1:]
			if len(rest) == 0 {
				return i, i < end
			}
			for gap := int32(0); gap <= maxGap && i+gap < end; gap++ {
				if gap > 0 && breaksNoun(d.UPOS(i+gap-1)) {
					return 0, false
				}
				if j, ok := matchElems(d, low, rest, i+gap, end); ok {
					return j, true
				}
			}
			return 0, false
		}
		if i >= end || !slices.Contains(e, low[i]) && !slices.Contains(e, strings.ToLower(d.Form(i))) {
			return 0, false
		}
		i++
	}
	return i, true
}

// breaksNoun reports whether a token of this kind cannot stand inside the noun
// phrase that a wild element stands for.
func breaksNoun(u doc.UPOS) bool {
	switch u {
	case doc.VERB, doc.AUX, doc.PUNCT, doc.PRON, doc.SCONJ, doc.CCONJ:
		return true
	}
	return false
}
