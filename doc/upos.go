package doc

// UPOS is a universal part of speech (UD version 2, https://universaldependencies.org/u/pos/).
type UPOS uint8

// The values of UPOS; see UPOS.String for their names.
const (
	_ UPOS = iota
	ADJ
	ADP
	ADV
	AUX
	CCONJ
	DET
	INTJ
	NOUN
	NUM
	PART
	PRON
	PROPN
	PUNCT
	SCONJ
	SYM
	VERB
	X
)

var uposNames = vocabulary(`ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X`)

// String is the name in the published reading, "" when unset.
func (v UPOS) String() string { return enumName(uposNames, v) }

// ParseUPOS gives the value of a name; false when there is no such name.
func ParseUPOS(s string) (UPOS, bool) { return enumParse[UPOS](uposNames, s) }

// UPOSValues lists every value, in the order of the constants.
func UPOSValues() []UPOS { return enumValues[UPOS](uposNames) }
