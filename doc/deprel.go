package doc

import "strings"

// Deprel is a dependency relation, with its subtype where UD English has one
// (https://universaldependencies.org/en/dep/).
type Deprel uint8

// The values of Deprel; see Deprel.String for their names.
const (
	_ Deprel = iota
	RelAcl
	RelAclRelcl
	RelAdvcl
	RelAdvclRelcl
	RelAdvmod
	RelAdvmodEmph
	RelAmod
	RelAppos
	RelAux
	RelAuxPass
	RelCase
	RelCc
	RelCcPreconj
	RelCcomp
	RelClf
	RelCompound
	RelCompoundPrt
	RelConj
	RelCop
	RelCsubj
	RelCsubjOuter
	RelCsubjPass
	RelDep
	RelDet
	RelDetPredet
	RelDiscourse
	RelDislocated
	RelExpl
	RelFixed
	RelFlat
	RelFlatForeign
	RelGoeswith
	RelIobj
	RelList
	RelMark
	RelNmod
	RelNmodDesc
	RelNmodNpmod
	RelNmodPoss
	RelNmodTmod
	RelNmodUnmarked
	RelNsubj
	RelNsubjOuter
	RelNsubjPass
	RelNummod
	RelObj
	RelObl
	RelOblAgent
	RelOblNpmod
	RelOblTmod
	RelOblUnmarked
	RelOrphan
	RelParataxis
	RelPunct
	RelReparandum
	RelRoot
	RelVocative
	RelXcomp
)

var deprelNames = vocabulary(`acl acl:relcl advcl advcl:relcl advmod advmod:emph amod appos aux aux:pass case cc cc:preconj ccomp clf compound compound:prt conj cop csubj csubj:outer csubj:pass dep det det:predet discourse dislocated expl fixed flat flat:foreign goeswith iobj list mark nmod nmod:desc nmod:npmod nmod:poss nmod:tmod nmod:unmarked nsubj nsubj:outer nsubj:pass nummod obj obl obl:agent obl:npmod obl:tmod obl:unmarked orphan parataxis punct reparandum root vocative xcomp`)

// String is the name in the published reading, "" when unset.
func (v Deprel) String() string { return enumName(deprelNames, v) }

// ParseDeprel gives the value of a name; false when there is no such name.
func ParseDeprel(s string) (Deprel, bool) { return enumParse[Deprel](deprelNames, s) }

// Deprels lists every value, in the order of the constants.
func Deprels() []Deprel { return enumValues[Deprel](deprelNames) }

// Base is the relation without its subtype: nsubj for nsubj:pass.
func (v Deprel) Base() Deprel {
	if int(v) < len(deprelBase) {
		return deprelBase[v]
	}
	return v
}

// deprelBase is never written after it is made.
var deprelBase = func() []Deprel {
	base := make([]Deprel, len(deprelNames))
	for i := range base {
		name, _, _ := strings.Cut(deprelNames[i], ":")
		base[i], _ = ParseDeprel(name)
	}
	return base
}()
