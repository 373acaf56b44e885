package statement

import (
	"embed"
	"fmt"
	"strings"
	"sync"

	"readout/doc"
)

//go:embed *.tsv
var files embed.FS

// frame is a shape in which a cue's dependents give what was said.
type frame uint16

const (
	frameClause    frame = 1 << iota // that the talks had failed; the talks had failed; whether they had
	frameQuote                       // direct speech
	frameInf                         // to sign
	frameGer                         // signing
	frameNP                          // the plan
	frameAs                          // the talks as a failure
	framePred                        // the talks a failure
	frameObjInf                      // both sides to sign
	frameObjClause                   // reporters that the talks had failed: the object is spoken to
	framePP                          // for a ceasefire: the preposition belongs to the cue
	frameChannel                     // only where a channel is named with it: shared the news on Facebook
)

var frameNames = map[string]frame{
	"clause": frameClause, "quote": frameQuote, "inf": frameInf, "ger": frameGer, "np": frameNP,
	"as": frameAs, "pred": framePred, "objinf": frameObjInf, "objclause": frameObjClause, "channel": frameChannel,
}

// pos is the kind of word a cue is.
type pos uint8

const (
	posVerb pos = iota
	posNoun
	posAdj
	posCount
)

var posNames = map[string]pos{"verb": posVerb, "noun": posNoun, "adj": posAdj}

// rule is a row of cues.tsv.
type rule struct {
	lemma  string   // of the cue's main token
	ties   []string // further words that must hang by it: "point out", "make clear"
	frames frame
	preps  []string
	act    doc.Act
	to     string // where the person spoken to stands: "obj", or a preposition, or ""
}

// ways is what is known of one lemma as a cue.
type ways [posCount][]*rule

// act is that of the first row of one word that has the frame, or otherwise.
func (w *ways) act(p pos, fr frame, otherwise doc.Act) doc.Act {
	for _, r := range w[p] {
		if len(r.ties) == 0 && r.frames&fr != 0 {
			return r.act
		}
	}
	return otherwise
}

// tables are the decoded tables, never written after loading.
type tables struct {
	cues     map[string]*ways
	silences map[string][]*silence
	channels map[string][]phrase
	records  map[string][]phrase
	adverbs  map[string]doc.Act
	judging  map[string]judging
	people   map[string]human
}

// phrase is a run of lower-cased words and what it stands for.
type phrase struct {
	words   []string
	channel doc.ChannelKind
	record  doc.RecordKind
}

var loadTables = sync.OnceValues(func() (*tables, error) {
	t := &tables{cues: map[string]*ways{}, silences: map[string][]*silence{}, channels: map[string][]phrase{},
		records: map[string][]phrase{}, adverbs: map[string]doc.Act{}, judging: map[string]judging{}, people: map[string]human{}}
	for name, row := range map[string]func(*tables, []string) error{
		"cues.tsv": (*tables).addCue, "silences.tsv": (*tables).addSilence, "channels.tsv": (*tables).addChannel,
		"records.tsv": (*tables).addRecord, "adverbs.tsv": (*tables).addAdverb, "judging.tsv": (*tables).addJudging,
		"people.tsv": (*tables).addPeople,
	} {
		if err := eachRow(name, func(r []string) error { return row(t, r) }); err != nil {
			return nil, err
		}
	}
	return t, nil
})

// eachRow calls do with the fields of every row of an embedded table but its
// header and lines that begin with #.
func eachRow(name string, do func([]string) error) error {
	b, err := files.ReadFile(name)
	if err != nil {
		return err
	}
	width := 0
	for n, line := range strings.Split(strings.TrimRight(string(b), "\n"), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		row := strings.Split(line, "\t")
		if width == 0 {
			width = len(row)
			continue
		}
		if len(row) != width {
			return fmt.Errorf("%s:%d: %d fields, want %d", name, n+1, len(row), width)
		}
		if err := do(row); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n+1, err)
		}
	}
	return nil
}

func (t *tables) addCue(row []string) error {
	words := strings.Fields(row[0])
	p, ok := posNames[row[1]]
	if !ok || len(words) == 0 {
		return fmt.Errorf("cue %q has the unknown part of speech %q", row[0], row[1])
	}
	r := &rule{lemma: words[0], ties: words[1:]}
	for _, f := range strings.Fields(row[2]) {
		if bit, ok := frameNames[f]; ok {
			r.frames |= bit
			continue
		}
		r.frames |= framePP
		r.preps = append(r.preps, f)
	}
	if r.act, ok = doc.ParseAct(row[3]); !ok {
		return fmt.Errorf("cue %q has the unknown act %q", row[0], row[3])
	}
	if row[4] != "-" {
		r.to = row[4]
	}
	w := t.cues[r.lemma]
	if w == nil {
		w = &ways{}
		t.cues[r.lemma] = w
	}
	// Rows of more words come first: "point out" before "point".
	at := len(w[p])
	for at > 0 && len(w[p][at-1].ties) < len(r.ties) {
		at--
	}
	w[p] = append(w[p][:at], append([]*rule{r}, w[p][at:]...)...)
	return nil
}

func (t *tables) addChannel(row []string) error {
	k, ok := doc.ParseChannelKind(row[1])
	if !ok {
		return fmt.Errorf("unknown channel kind %q", row[1])
	}
	w := strings.Fields(row[0])
	last := strings.ToLower(w[len(w)-1])
	t.channels[last] = append(t.channels[last], phrase{words: w, channel: k})
	return nil
}

func (t *tables) addRecord(row []string) error {
	k, ok := doc.ParseRecordKind(row[1])
	if !ok {
		return fmt.Errorf("unknown record %q", row[1])
	}
	p := phrase{words: strings.Fields(row[0]), record: k}
	if row[2] != "-" {
		if p.channel, ok = doc.ParseChannelKind(row[2]); !ok {
			return fmt.Errorf("unknown channel kind %q", row[2])
		}
	}
	t.records[p.words[0]] = append(t.records[p.words[0]], p)
	return nil
}

func (t *tables) addAdverb(row []string) error {
	a, ok := doc.ParseAct(row[1])
	if !ok {
		return fmt.Errorf("unknown act %q", row[1])
	}
	t.adverbs[row[0]] = a
	return nil
}
