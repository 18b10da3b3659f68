package dev.sluice.gateway.config;

import dev.sluice.gateway.config.ReferenceSource.Missing;
import java.util.Optional;

/** The secrets that the gateway keeps for whoever is being loaded. */
@FunctionalInterface
interface SecretLookup {

  /** Files have none: what was given over HTTP belongs to one connector that was made there. */
  SecretLookup IN_FILES = name -> Optional.empty();

  /**
   * What is kept under a name, as it was written.
   *
   * @param name what stands behind the colon of the reference
   */
  Optional<String> find(String name);

  /** What to say when there is nothing under a name. */
  default Missing missing(String name) {
    return new Missing(
        "there is no secret '" + name + "' that may be used here",
        "give the value itself over HTTP, or write ${env:NAME} or ${file:/path/to/file}");
  }
}
