package io.elottery.reports.rendering.pdfbox;

import java.awt.geom.GeneralPath;
import java.util.List;
import org.apache.fontbox.FontBoxFont;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.fontbox.util.BoundingBox;
import org.apache.pdfbox.pdmodel.font.CIDFontMapping;
import org.apache.pdfbox.pdmodel.font.FontMapper;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.pdmodel.font.FontMapping;
import org.apache.pdfbox.pdmodel.font.PDCIDSystemInfo;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Keeps PDFBox from reading every font of the machine and writing a list of them into the user's
 * home: of the standard fonts only the widths are needed, and it brings those along.
 */
final class NoFontFiles implements FontMapper {
  private static final FontBoxFont NOTHING = new Nothing();

  /** From now on, for the whole process. */
  static void use() {
    FontMappers.set(new NoFontFiles());
  }

  @Override
  public @Nullable FontMapping<TrueTypeFont> getTrueTypeFont(
      String name, PDFontDescriptor descriptor) {
    return null;
  }

  @Override
  public FontMapping<FontBoxFont> getFontBoxFont(String name, PDFontDescriptor descriptor) {
    return new FontMapping<>(NOTHING, false);
  }

  @Override
  public @Nullable CIDFontMapping getCIDFont(
      String name, PDFontDescriptor descriptor, PDCIDSystemInfo system) {
    return null;
  }

  private static final class Nothing implements FontBoxFont {
    @Override
    public String getName() {
      return "none";
    }

    @Override
    public BoundingBox getFontBBox() {
      return new BoundingBox();
    }

    @Override
    public List<Number> getFontMatrix() {
      return List.of(0.001f, 0, 0, 0.001f, 0, 0);
    }

    @Override
    public GeneralPath getPath(String name) {
      return new GeneralPath();
    }

    @Override
    public float getWidth(String name) {
      return 0;
    }

    @Override
    public boolean hasGlyph(String name) {
      return false;
    }
  }
}
