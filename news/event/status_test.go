package event

import (
	"testing"

	"readout/conllu"
	"readout/doc"
)

// TestMood reads verbs with what stands around them, as UD has it.
func TestMood(t *testing.T) {
	for _, c := range []struct {
		name, text string
		verb       int32
		want       doc.Status
	}{
		{"past", "1 They they PRON PRP _ 2 nsubj\n2 met meet VERB VBD _ 0 root", 1, doc.StatusOccurred},
		{"perfect", "1 They they PRON PRP _ 3 nsubj\n2 have have AUX VBP _ 3 aux\n3 met meet VERB VBN _ 0 root", 2, doc.StatusOccurred},
		{"future", "1 They they PRON PRP _ 3 nsubj\n2 will will AUX MD _ 3 aux\n3 meet meet VERB VB _ 0 root", 2, doc.StatusPlanned},
		{"future of the past", "1 They they PRON PRP _ 3 nsubj\n2 would would AUX MD _ 3 aux\n3 meet meet VERB VB _ 0 root", 2, doc.StatusPlanned},
		{"possibility", "1 They they PRON PRP _ 3 nsubj\n2 may may AUX MD _ 3 aux\n3 meet meet VERB VB _ 0 root", 2, doc.StatusPossible},
		{"duty", "1 They they PRON PRP _ 3 nsubj\n2 should should AUX MD _ 3 aux\n3 meet meet VERB VB _ 0 root", 2, doc.StatusProposed},
		{"progress", "1 They they PRON PRP _ 3 nsubj\n2 are be AUX VBP _ 3 aux\n3 meeting meet VERB VBG _ 0 root", 2, doc.StatusOngoing},
		{"negation", "1 They they PRON PRP _ 4 nsubj\n2 did do AUX VBD _ 4 aux\n3 not not PART RB _ 4 advmod\n4 meet meet VERB VB _ 0 root", 3, doc.StatusDenied},
		{"negated subject", "1 Neither neither DET DT _ 2 det\n2 side side NOUN NN _ 3 nsubj\n3 met meet VERB VBD _ 0 root", 2, doc.StatusDenied},
		{"is to", "1 They they PRON PRP _ 4 nsubj\n2 are be AUX VBP _ 4 aux\n3 to to PART TO _ 4 mark\n4 meet meet VERB VB _ 0 root", 3, doc.StatusPlanned},
		{"infinitive", "1 plans plan NOUN NNS _ 0 root\n2 to to PART TO _ 3 mark\n3 meet meet VERB VB _ 1 acl", 2, 0},
		{"participle after its noun", "1 talks talk NOUN NNS _ 0 root\n2 held hold VERB VBN _ 1 acl", 1, doc.StatusOccurred},
		{"shared auxiliary", "1 He he PRON PRP _ 3 nsubj\n2 will will AUX MD _ 3 aux\n3 go go VERB VB _ 0 root\n4 and and CCONJ CC _ 5 cc\n5 meet meet VERB VB _ 3 conj", 4, doc.StatusPlanned},
		{"perfect progress", "1 They they PRON PRP _ 4 nsubj\n2 have have AUX VBP _ 4 aux\n3 been be AUX VBN _ 4 aux\n4 meeting meet VERB VBG _ 0 root", 3, doc.StatusOngoing},
	} {
		d := conllu.MustDoc(c.text)
		r := newRun(New(Config{}), d)
		if got := r.moodOf(c.verb).status(); got != c.want {
			t.Errorf("%s: %q is %s, want %s", c.name, d.Text, got, c.want)
		}
	}
}

// TestApply lets words act from the inside out.
func TestApply(t *testing.T) {
	past, future, may := mood{tense: tensePast}, mood{tense: tenseFuture}, mood{tense: tenseMay}
	not := mood{tense: tensePast, negated: true}
	type act struct {
		e   effect
		md  mood
		neg doc.Status
	}
	for _, c := range []struct {
		name string
		acts []act
		want doc.Status
	}{
		{"held talks", []act{{effTense, past, 0}}, doc.StatusOccurred},
		{"will hold talks", []act{{effTense, future, 0}}, doc.StatusPlanned},
		{"agreed to hold talks", []act{{effTense, mood{}, 0}, {effPlan, past, 0}}, doc.StatusPlanned},
		{"may agree to talks", []act{{effPlan, may, 0}}, doc.StatusPossible},
		{"did not agree to talks", []act{{effPlan, not, doc.StatusDenied}}, doc.StatusDenied},
		{"hopes they will meet", []act{{effTense, future, 0}, {effPossible, past, 0}}, doc.StatusPossible},
		{"plans to propose talks", []act{{effPropose, mood{}, 0}, {effPlan, past, 0}}, doc.StatusProposed},
		{"cancelled talks", []act{{effCancel, past, 0}}, doc.StatusCancelled},
		{"may cancel talks", []act{{effCancel, may, 0}}, doc.StatusPlanned},
		{"threatened to cancel talks", []act{{effCancel, mood{}, 0}, {effThreaten, past, 0}}, doc.StatusPlanned},
		{"refused to cancel talks", []act{{effCancel, mood{}, 0}, {effRefuse, past, 0}}, doc.StatusPlanned},
		{"did not cancel talks", []act{{effCancel, not, doc.StatusPlanned}}, doc.StatusPlanned},
		{"refused to hold talks", []act{{effTense, mood{}, 0}, {effRefuse, past, 0}}, doc.StatusDenied},
		{"denied that they met", []act{{effTense, past, 0}, {effDeny, past, 0}}, doc.StatusDenied},
		{"opened talks", []act{{effBegin, past, 0}}, doc.StatusOngoing},
		{"will open talks", []act{{effBegin, future, 0}}, doc.StatusPlanned},
		{"hopes to open talks", []act{{effBegin, mood{}, 0}, {effPossible, past, 0}}, doc.StatusPossible},
		{"concluded talks", []act{{effEnd, past, 0}}, doc.StatusOccurred},
		{"will conclude talks", []act{{effEnd, future, 0}}, doc.StatusOngoing},
		{"tried to meet", []act{{effTry, past, 0}}, doc.StatusPossible},
		{"praised the talks", []act{{effReal, past, 0}}, doc.StatusOccurred},
		{"postponed talks", []act{{effPostpone, past, 0}}, doc.StatusPostponed},
		{"talks hinge on a truce", []act{{effCondition, past, 0}}, doc.StatusConditional},
	} {
		var m mention
		for _, a := range c.acts {
			m.apply(a.e, a.md, a.neg)
		}
		if m.status != c.want {
			t.Errorf("%s: %s, want %s", c.name, m.status, c.want)
		}
	}
}

// TestDerive holds the rules of docs/status.md: each line is one transition.
func TestDerive(t *testing.T) {
	const own, party, other = voiceOwn, voiceParty, voiceOther
	type word struct {
		s    doc.Status
		v    voice
		firm bool
	}
	for _, c := range []struct {
		name  string
		words []word
		want  doc.Status
	}{
		{"nothing said", nil, doc.StatusPossible},
		{"spoken of", []word{{doc.StatusPossible, own, true}}, doc.StatusPossible},
		{"put forward after being spoken of", []word{{doc.StatusPossible, own, true}, {doc.StatusProposed, party, true}}, doc.StatusProposed},
		{"announced after being put forward", []word{{doc.StatusProposed, own, true}, {doc.StatusPlanned, party, true}}, doc.StatusPlanned},
		{"planned, and waits", []word{{doc.StatusPlanned, party, true}, {doc.StatusConditional, party, true}}, doc.StatusConditional},
		{"planned, then held", []word{{doc.StatusPlanned, party, true}, {doc.StatusOccurred, own, true}}, doc.StatusOccurred},
		{"planned, then under way", []word{{doc.StatusPlanned, party, true}, {doc.StatusOngoing, own, true}}, doc.StatusOngoing},
		{"planned, then put off", []word{{doc.StatusPlanned, own, true}, {doc.StatusPostponed, party, true}}, doc.StatusPostponed},
		{"planned, then called off", []word{{doc.StatusPlanned, own, true}, {doc.StatusCancelled, own, true}}, doc.StatusCancelled},
		{"called off, but held after all", []word{{doc.StatusCancelled, party, true}, {doc.StatusOccurred, own, true}}, doc.StatusOccurred},
		{"called off outweighs what is taken for granted", []word{{doc.StatusCancelled, own, true}, {doc.StatusOccurred, own, false}}, doc.StatusCancelled},
		{"a party denies what others plan", []word{{doc.StatusPlanned, other, true}, {doc.StatusDenied, party, true}}, doc.StatusDenied},
		{"a bystander denies what a party plans", []word{{doc.StatusPlanned, party, true}, {doc.StatusDenied, other, true}}, doc.StatusPlanned},
		{"a party denies what the article itself tells", []word{{doc.StatusOccurred, own, true}, {doc.StatusDenied, party, true}}, doc.StatusOccurred},
		{"a bystander tells that it was held", []word{{doc.StatusOccurred, other, true}}, doc.StatusOccurred},
		{"only taken for granted", []word{{doc.StatusOccurred, own, false}}, doc.StatusOccurred},
	} {
		var e evidence
		for _, w := range c.words {
			e.put(w.s, w.v, w.firm)
		}
		if got := e.derive(); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
