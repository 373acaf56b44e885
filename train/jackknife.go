package train

import (
	"context"

	"readout/doc"
	"readout/lang/tag"
	"readout/weights"
)

const folds = 5 // of the jack-knife

// jackknife is the document of corpus with the tags that a tagger gives which
// has not seen the sentence: what the encoder will read later is not gold
// either.
func jackknife(ctx context.Context, cfg Config, corpus []sentence) (*doc.Document, error) {
	d := document(corpus)
	n := d.Len()
	d.Tokens.UPOS, d.Tokens.XPOS, d.Tokens.Feats, d.Tokens.Lemma = make([]doc.UPOS, n), make([]doc.Str, n), make([]doc.Str, n), make([]doc.Str, n)
	for fold := range folds {
		var rest, held []sentence
		var spans []doc.Span
		for i, s := range corpus {
			if s.fold == fold {
				held, spans = append(held, s), append(spans, d.Sentences[i])
			} else if !s.copied {
				rest = append(rest, s)
			}
		}
		if len(rest) == 0 {
			rest = corpus
		}
		t, err := quietTagger(ctx, cfg, rest)
		if err != nil {
			return nil, err
		}
		h := document(held)
		if err := t.Run(ctx, h); err != nil {
			return nil, err
		}
		for k, span := range spans {
			at := h.Sentences[k].Begin
			for i := span.Begin; i < span.End; i, at = i+1, at+1 {
				d.Tokens.UPOS[i], d.Tokens.XPOS[i] = h.UPOS(at), d.Strings.Intern(h.XPOS(at))
				d.Tokens.Feats[i], d.Tokens.Lemma[i] = d.Strings.Intern(h.Strings.Get(h.Tokens.Feats[at])), d.Strings.Intern(h.Lemma(at))
			}
		}
		cfg.logf("tagged part %d of %d by the others", fold+1, folds)
	}
	d.Has |= doc.LayerTags
	return d, nil
}

func loadTagger(b *weights.Builder) (*tag.Tagger, error) {
	data, err := b.Bytes()
	if err != nil {
		return nil, err
	}
	f, err := weights.Read(data)
	if err != nil {
		return nil, err
	}
	return tag.New(f)
}
