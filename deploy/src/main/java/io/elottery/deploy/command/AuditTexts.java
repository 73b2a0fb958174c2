package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.keyvault.audit.AuditReport;

/** What became of checking an audit export, for people and programs. Pure. */
final class AuditTexts {
  private AuditTexts() {}

  static ObjectNode tree(AuditReport report) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    return report.match(
        new AuditReport.Cases<>() {
          @Override
          public ObjectNode holds(AuditReport.Holds holds) {
            return tree.put("verified", true)
                .put("first", holds.first())
                .put("last", holds.last())
                .put("exportedAt", holds.exportedAt().toString())
                .put("exportedBy", holds.exportedBy())
                .put("authority", holds.authority());
          }

          @Override
          public ObjectNode broken(AuditReport.Broken broken) {
            return tree.put("verified", false)
                .put("number", broken.number())
                .put("why", broken.why());
          }
        });
  }

  static String text(AuditReport report) {
    return report.match(
        new AuditReport.Cases<>() {
          @Override
          public String holds(AuditReport.Holds holds) {
            return "records "
                + holds.first()
                + " to "
                + holds.last()
                + ": TRUE, every byte as mains wrote it\nexported by "
                + holds.exportedBy()
                + " at "
                + holds.exportedAt()
                + "\nthe network's authority is "
                + holds.authority()
                + ": compare it with the one you know\n";
          }

          @Override
          public String broken(AuditReport.Broken broken) {
            String where = broken.number() == 0 ? "the file" : "record " + broken.number();
            return where + ": LIE, " + broken.why() + "\n";
          }
        });
  }
}
