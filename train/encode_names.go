package train

import (
	"context"
	"strings"

	"readout"
	"readout/doc"
	"readout/eval"
	"readout/lang/name"
	"readout/lang/vector"
	"readout/models"
	"readout/registry"
)

// wordVectors is the embedded table: the encoder reads with the one it was
// trained with.
func wordVectors() (*vector.Table, error) {
	f, err := models.Vectors()
	if err != nil {
		return nil, err
	}
	return vector.Load(f)
}

// knownNames is what is known of names before any text is read.
func knownNames() (name.Known, error) {
	r, err := registry.Default()
	if err != nil {
		return name.Known{}, err
	}
	lists, err := nameLists(listsTable)
	if err != nil {
		return name.Known{}, err
	}
	vectors, err := wordVectors()
	return name.Known{Lists: lists, Gazetteer: readout.Gazetteer(r), Vectors: vectors}, err
}

// addNames gives the sentences of a treebank their names, where a corpus of
// names has them, and returns the sentences of those corpora that the treebank
// lacks: they have labels and no tree.
func (c Config) addNames(corpus []sentence) ([]sentence, error) {
	known := map[string][]int{}
	for i, s := range corpus {
		k := strings.Join(s.forms, " ")
		known[k] = append(known[k], i)
	}
	var bare []sentence
	for _, file := range nameFiles {
		docs, err := eval.ReadNames(c.Data, file.name)
		if err != nil {
			return nil, err
		}
		for _, d := range docs {
			labels := name.Encode(nil, d.Names, 0, d.Len())
			for _, span := range d.Sentences {
				s := sentence{labels: labels[span.Begin:span.End], nameWeight: float32(file.weight) / 2}
				for i := span.Begin; i < span.End; i++ {
					s.forms = append(s.forms, d.Form(i))
				}
				twins := known[strings.Join(s.forms, " ")]
				for _, i := range twins {
					corpus[i].labels, corpus[i].nameWeight = s.labels, s.nameWeight
				}
				if len(twins) == 0 {
					bare = append(bare, s)
				}
			}
		}
	}
	return bare, nil
}

// withBare adds bare sentences to all, and to its document d with the tags of a
// tagger that was trained on corpus.
func withBare(ctx context.Context, cfg Config, corpus, all, bare []sentence, d *doc.Document) ([]sentence, *doc.Document, error) {
	t, err := quietTagger(ctx, cfg, corpus)
	if err != nil {
		return nil, nil, err
	}
	tagged := document(bare)
	if err := t.Run(ctx, tagged); err != nil {
		return nil, nil, err
	}
	all = append(all, bare...)
	both := document(all)
	n := both.Len()
	both.Tokens.UPOS, both.Tokens.XPOS, both.Tokens.Feats, both.Tokens.Lemma = make([]doc.UPOS, n), make([]doc.Str, n), make([]doc.Str, n), make([]doc.Str, n)
	copyTags(both, 0, d, doc.Span{Begin: 0, End: int32(d.Len())})
	copyTags(both, int32(d.Len()), tagged, doc.Span{Begin: 0, End: int32(tagged.Len())})
	both.Has |= doc.LayerTags
	return all, both, nil
}
