package dev.sluice.gateway.manage;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A connector as it was declared over HTTP.
 *
 * @param spec as written: references unresolved, literal secrets replaced by references
 * @param generation which of the secrets that are kept for the connector belong to it; 0 for none
 */
record Declaration(
    @JsonProperty(required = true) ObjectNode spec,
    @JsonProperty(required = true) long generation) {

  private static final int VERSION_BYTES = 16;

  /** Names this declaration, with its secrets, of which it tells nothing. */
  String version() {
    byte[] all = (generation + " " + spec).getBytes(StandardCharsets.UTF_8);
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(all);
      return HexFormat.of().formatHex(digest, 0, VERSION_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java platform has SHA-256", impossible);
    }
  }
}
