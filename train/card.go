package train

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"readout"
	"readout/eval"
	"readout/lang/name"
	"readout/lang/tag"
	"readout/lang/text"
	"readout/weights"
)

const treebankData = `Data: UD English EWT train (Universal Dependencies 2.16, CC BY-SA 4.0) and UD
English GUM train, open genres only (annotation CC BY 4.0; texts CC BY, CC BY-SA
or public domain as each document says). A twentieth of the sentences is
repeated in capitals, in title case or without the full stop.
`

// seal puts the card into b and gives the file. Figures are left out where the
// dev data is not at hand.
func seal(b *weights.Builder, about, command, figures string) ([]byte, error) {
	b.Card = about + "\nMade by: " + command + "\n"
	if figures != "" {
		b.Card += "\n" + figures
	}
	return b.Bytes()
}

func command(cfg Config, model string) string {
	s := fmt.Sprintf("readout train %s --data DIR --out models --seed %d", model, cfg.Seed)
	if cfg.Epochs > 0 {
		s += fmt.Sprintf(" --epochs %d", cfg.Epochs)
	}
	return s
}

// syntaxFigures are the dev figures of stages on gold tokens.
func syntaxFigures(ctx context.Context, cfg Config, stages []readout.Stage, trees bool) (string, error) {
	if !eval.HasTreebanks(cfg.Data) {
		return "", nil
	}
	list, err := eval.RunSyntax(ctx, stages, cfg.Data)
	if err != nil {
		return "", err
	}
	var s strings.Builder
	s.WriteString("Figures on gold tokens, F1 in per cent:\n\n")
	if trees {
		err = eval.PrintTrees(&s, list)
	} else {
		err = eval.PrintTags(&s, list)
	}
	return s.String(), err
}

func sealTagger(ctx context.Context, cfg Config, b *weights.Builder) ([]byte, error) {
	t, err := loadTagger(b)
	if err != nil {
		return nil, err
	}
	figures, err := syntaxFigures(ctx, cfg, []readout.Stage{t}, false)
	if err != nil {
		return nil, err
	}
	return seal(b, `en-tag: part of speech, Penn tag, features and lemma of English tokens.

Method: averaged perceptron over hashed features, greedy from left to right;
features and lemmas from tables of forms, tags, endings and the word to the left
that bears on them.

`+treebankData+`
Known weaknesses: common against proper nouns in headlines; person and number
of verbs far from their subject; little news in training.
`, command(cfg, "tag"), figures)
}

func sealAttribution(ctx context.Context, cfg Config, b *weights.Builder) ([]byte, error) {
	data, err := b.Bytes()
	if err != nil {
		return nil, err
	}
	f, err := weights.Read(data)
	if err != nil {
		return nil, err
	}
	figures := ""
	if _, err := os.Stat(filepath.Join(cfg.Data, "polnear", "dev.jsonl.gz")); err == nil {
		r, err := readout.New(readout.Config{Attribution: f})
		if err != nil {
			return nil, err
		}
		sums, err := eval.RunStatements(ctx, r, cfg.Data)
		if err != nil {
			return nil, err
		}
		var s strings.Builder
		s.WriteString("Figures on the dev part, in per cent:\n\n")
		if err := sums.Print(&s); err != nil {
			return nil, err
		}
		figures = s.String()
	}
	return seal(b, `en-attribution: who said what. Which tokens are the source, the cue and the
content of an attribution, and which candidates of the rules are one.

Method: a network that reads on from the last layer of en-encode (and works with
that file alone, with which it was trained), with rows for word, tree, quotation
marks and the rules' candidates, two quasi-recurrent layers and a linear chain;
for the candidates a logistic regression.

Data: the training part of PolNeAR 1.0.0 (Newell, Margolin and Ruths, An
Attribution Relations Corpus for Political News, LREC 2018), 840 political news
articles of seven US publishers, 2015-16. It is research data, and its texts are
their publishers': no text of it is here, and features with words hold only
those of at least three of its articles. No other model is learned from it; a
program without this file decides by tables and rules (make models-open).

Known weaknesses: US politics of one year; sources that are named in another
sentence; beliefs and intentions that annotators themselves do not agree on.
`, command(cfg, "attribution"), figures)
}

func sealFinder(ctx context.Context, cfg Config, t *tag.Tagger, known name.Known, b *weights.Builder) ([]byte, error) {
	data, err := b.Bytes()
	if err != nil {
		return nil, err
	}
	f, err := weights.Read(data)
	if err != nil {
		return nil, err
	}
	x, err := name.New(f, known)
	if err != nil {
		return nil, err
	}
	figures := ""
	if eval.HasNames(cfg.Data) {
		list, err := eval.RunNames(ctx, []readout.Stage{text.New(text.Config{}), t, x}, cfg.Data)
		if err != nil {
			return nil, err
		}
		var s strings.Builder
		s.WriteString("Figures with the tags of en-tag, F1 in per cent:\n\n")
		if err := eval.PrintNames(&s, list); err != nil {
			return nil, err
		}
		figures = s.String()
	}
	return seal(b, `en-name: proper names of English text and their kind: PER, ORG, LOC, OTH.

Method: two averaged perceptrons over hashed features, greedy from left to
right; the second knows what the first made of the same words elsewhere in the
document. Lists of names come with the model; the registry's names and the
groups of words alike of en-vectors are asked for as well. In reading, the
encoder's scores for names are added to the perceptrons'.

Data: UNER English EWT train with OTH (CC BY-SA 4.0), WikiGold (CC BY 4.0; MISC
as OTH), CrossNER politics train (MIT; texts of Wikipedia, CC BY-SA), and names
derived from UD English GUM train, open genres (half weight). Lists: GeoNames
(CC BY 4.0), WordNet 3.0 (WordNet licence), lists of given names (PDDL 1.0).

Known weaknesses: organizations of the web and names without capitals; companies
that share a person's name; names of works.
`, command(cfg, "name"), figures)
}
