import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { follow } from "../../api/follow";
import { Empty } from "../../components/Notice";
import { Page } from "../../components/Page";
import { Query } from "../../components/Query";
import { configuration as text } from "../../text/en/configuration";
import { FileEditor } from "./FileEditor";
import { CONFIG_CHECKS, configFilesQuery } from "./queries";

/** The files of the configuration: read, changed, checked, compared, applied. */
export function ConfigurationPage() {
  const query = useQuery(configFilesQuery);
  const queries = useQueryClient();
  useEffect(
    () =>
      follow("/api/v1/events/stream?type=config", {
        onMessage: () => {
          void queries.invalidateQueries({ queryKey: configFilesQuery.queryKey });
          // What is in force may be another, though the files are the same.
          void queries.invalidateQueries({ queryKey: CONFIG_CHECKS });
        },
      }),
    [queries],
  );
  return (
    <Page title={text.title}>
      <Query query={query}>
        {(files) =>
          files.files.length === 0 ? (
            <Empty title={text.noFiles}>{text.noFilesCure}</Empty>
          ) : (
            <FileEditor files={files} />
          )
        }
      </Query>
    </Page>
  );
}
