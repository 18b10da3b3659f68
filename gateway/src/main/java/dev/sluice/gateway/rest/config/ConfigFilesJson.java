package dev.sluice.gateway.rest.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.gateway.config.ConfigSources;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The files of the configuration. */
@Schema(name = "ConfigFiles", description = "The files of the configuration, secrets covered.")
record ConfigFilesJson(
    @Schema(description = "Of all files together; what If-Match wants.", examples = "5f3c")
        String version,
    List<ConfigFile> files) {

  /** One of them. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(description = "A file of the configuration.")
  record ConfigFile(
      @Schema(description = "Its name within the folder.", examples = "gateway.yaml") String name,
      @Schema(description = "Where it is.", examples = "/etc/sluice/gateway.yaml") String path,
      @Schema(description = "What it holds; **** stands for each secret. Absent if it is hidden.")
          @Nullable String text,
      @Schema(description = "How many secrets stand in it.", examples = "0") int secrets,
      @Schema(description = "Why it can't be shown.") @Nullable String hidden,
      @Schema(description = "Why it can't be changed from here.") @Nullable String readOnly) {}

  static ConfigFilesJson of(ConfigSources.Listing listing) {
    return new ConfigFilesJson(
        listing.version(),
        listing.files().stream()
            .map(
                file ->
                    new ConfigFile(
                        file.name(),
                        file.path(),
                        file.text(),
                        file.secrets(),
                        file.hidden(),
                        file.readOnly()))
            .toList());
  }
}
