import type { ConfigFiles } from "../../../api/schema";
import { offerDraft } from "../../configuration/draft";
import { changeInFile, type Spec } from "./specYaml";

/**
 * Offers the file that declares a connector, changed, to the configuration view; without a spec the
 * connector is taken out of it. Says whether there is such a file and the browser could keep it.
 */
export function offerChange(files: ConfigFiles, name: string, spec: Spec | undefined): boolean {
  for (const file of files.files) {
    const changed = changeInFile(file.text ?? "", name, spec);
    if (changed !== undefined) {
      return offerDraft(file.name, changed, files.version);
    }
  }
  return false;
}
