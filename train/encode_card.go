package train

import (
	"context"
	"fmt"

	"readout"
	"readout/doc"
	"readout/lang/encode"
	"readout/lang/name"
	"readout/lang/tag"
	"readout/weights"
)

// sealEncoder makes the encoder's file with its card.
func sealEncoder(ctx context.Context, cfg Config, set encodeSettings, corpus []sentence, known name.Known, b *weights.Builder) ([]byte, error) {
	data, err := b.Bytes()
	if err != nil {
		return nil, err
	}
	f, err := weights.Read(data)
	if err != nil {
		return nil, err
	}
	t, err := quietTagger(ctx, cfg, corpus)
	if err != nil {
		return nil, err
	}
	retag := func(d *doc.Document, i int32, c encode.Class) { t.Retag(d, i, tag.Class(c)) }
	e, err := encode.Load(encode.Config{Retag: retag, Vectors: known.Vectors, Marker: &name.Marker{Known: known}}, f)
	if err != nil {
		return nil, err
	}
	figures, err := syntaxFigures(ctx, cfg, []readout.Stage{t, e}, true)
	if err != nil {
		return nil, err
	}
	return seal(b, fmt.Sprintf(`en-encode: tags and dependency trees of English in UD 2, and scores for names,
from tokens and a first tagging.

Method: sum of table rows for form, endings, beginnings, shape, first tag and
what lists and the registry know of names, and of a map of en-vectors;
a convolution over three tokens; two bidirectional quasi-recurrent layers,
width %d; softmax over pairs of UPOS and Penn tag, biaffine arcs, a small network
for relations, softmax over labels of names (loss beside the others', half of it
for the silver corpus); the best projective tree. %d passes over the data. Tags in
training are those of a tagger that has not seen the sentence. The table is
rounded to eight bits.

`, set.width, set.epochs)+treebankData+`Names: the corpora of en-name. Sentences of those that are in no treebank teach
names alone.

Known weaknesses: coordination, attachment of nmod and obl, arcs of seven tokens
and more; no crossing arcs; little news in training. Sentences above 160 tokens
are read in pieces.
`, command(cfg, "encode"), figures)
}
