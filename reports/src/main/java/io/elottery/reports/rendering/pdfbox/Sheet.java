package io.elottery.reports.rendering.pdfbox;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.font.encoding.WinAnsiEncoding;
import org.apache.pdfbox.util.Matrix;

/** Pages to draw on, A4 across, measured in points from the upper left corner. Not thread-safe. */
final class Sheet implements AutoCloseable {
  static final float WIDTH = PDRectangle.A4.getHeight();
  static final float HEIGHT = PDRectangle.A4.getWidth();
  static final float MARGIN = 40;
  static final float RIGHT = WIDTH - MARGIN;
  static final float BOTTOM = HEIGHT - 48;
  private static final float FOOT = HEIGHT - 26;
  private static final float FOOT_SIZE = 8;

  static {
    NoFontFiles.use();
  }

  private final PDDocument document = new PDDocument();
  private final PDFont plain = new PDType1Font(Standard14Fonts.FontName.HELVETICA);
  private final PDFont bold = new PDType1Font(Standard14Fonts.FontName.HELVETICA_BOLD);
  private final List<PDPage> pages = new ArrayList<>();
  private PDPageContentStream out;

  /** How text looks. */
  record Type(float size, Color colour, boolean isBold) {}

  Sheet(String title) throws IOException {
    PDDocumentInformation about = document.getDocumentInformation();
    about.setTitle(title);
    about.setCreator("e-lottery");
    out = page();
  }

  /** Goes on with an empty page. */
  void next() throws IOException {
    out.close();
    out = page();
  }

  void fill(Color colour, float x, float y, float width, float height) throws IOException {
    out.setNonStrokingColor(colour);
    out.addRect(x, HEIGHT - y - height, width, height);
    out.fill();
  }

  void line(Color colour, float fromX, float fromY, float toX, float toY) throws IOException {
    out.setStrokingColor(colour);
    out.setLineWidth(0.5f);
    out.moveTo(fromX, HEIGHT - fromY);
    out.lineTo(toX, HEIGHT - toY);
    out.stroke();
  }

  /** Writes on the line whose foot is at {@code y}. */
  void text(Type type, float x, float y, String text) throws IOException {
    out.beginText();
    begin(type);
    out.newLineAtOffset(x, HEIGHT - y);
    out.showText(plainly(text));
    out.endText();
  }

  void right(Type type, float x, float y, String text) throws IOException {
    text(type, x - width(type, text), y, text);
  }

  void centred(Type type, float x, float y, String text) throws IOException {
    text(type, x - width(type, text) / 2, y, text);
  }

  /** Writes upwards, beginning at that point. */
  void upwards(Type type, float x, float y, String text) throws IOException {
    out.beginText();
    begin(type);
    out.setTextMatrix(Matrix.getRotateInstance(Math.PI / 2, x, HEIGHT - y));
    out.showText(plainly(text));
    out.endText();
  }

  float width(Type type, String text) throws IOException {
    return font(type).getStringWidth(plainly(text)) / 1000 * type.size;
  }

  /** Breaks text into lines of that width at most. */
  List<String> lines(Type type, String text, float width) throws IOException {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      String longer = line.length() == 0 ? word : line + " " + word;
      if (line.length() > 0 && width(type, longer) > width) {
        lines.add(line.toString());
        line.setLength(0);
        line.append(word);
      } else {
        line.setLength(0);
        line.append(longer);
      }
    }
    lines.add(line.toString());
    return lines;
  }

  /** Numbers the pages and ends: the document's bytes. */
  byte[] end(String foot) throws IOException {
    out.close();
    Type type = new Type(FOOT_SIZE, Ink.QUIET, false);
    for (int i = 0; i < pages.size(); i++) {
      out =
          new PDPageContentStream(
              document, pages.get(i), PDPageContentStream.AppendMode.APPEND, true, true);
      line(Ink.FAINT, MARGIN, FOOT - 12, RIGHT, FOOT - 12);
      text(type, MARGIN, FOOT, foot);
      right(type, RIGHT, FOOT, "Page " + (i + 1) + " of " + pages.size());
      out.close();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    document.save(bytes);
    return bytes.toByteArray();
  }

  @Override
  public void close() throws IOException {
    document.close();
  }

  private PDPageContentStream page() throws IOException {
    PDPage page = new PDPage(new PDRectangle(WIDTH, HEIGHT));
    document.addPage(page);
    pages.add(page);
    return new PDPageContentStream(document, page);
  }

  private void begin(Type type) throws IOException {
    out.setFont(font(type), type.size);
    out.setNonStrokingColor(type.colour);
  }

  private PDFont font(Type type) {
    return type.isBold ? bold : plain;
  }

  // The standard fonts know no others.
  private static String plainly(String text) {
    StringBuilder plain = new StringBuilder();
    text.codePoints()
        .forEach(
            c ->
                plain.append(
                    c >= ' ' && WinAnsiEncoding.INSTANCE.contains(c) || c == 0x2013
                        ? Character.toString(c)
                        : c == '\n' ? " " : "?"));
    return plain.toString();
  }
}
