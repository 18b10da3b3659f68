/** Tests of configuration: wrong and good files, references, plans, watching. */
@NullMarked
package dev.sluice.gateway.config;

import org.jspecify.annotations.NullMarked;
