//go:build openmodels

package models

// attribution is left out of this build.
var attribution []byte
