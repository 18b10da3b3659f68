import { ViewAnchor } from "../components/Links";
import { Empty } from "../components/Notice";
import { common } from "../text/en/common";

export function NotFound() {
  return (
    <Empty title={common.notFound}>
      <ViewAnchor to="/">
        {common.toOverview}
      </ViewAnchor>
    </Empty>
  );
}
