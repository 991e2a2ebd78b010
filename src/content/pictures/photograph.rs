//! A photograph taken apart into its pixels: turned upright, made smaller, written again.

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder, ImageEncoder, ImageError, ImageFormat, ImageReader, Limits, Rgba, RgbaImage,
    codecs::{jpeg::JpegEncoder, png::PngEncoder},
    imageops::{self, FilterType},
    metadata::Orientation,
};

/// What the eye does not see the loss of.
const QUALITY: u8 = 82;
/// The memory that one picture may take while it is read, in bytes.
const MEMORY: u64 = 400_000_000;
/// The paper of the sheet, as in `static/site.css`.
const PAPER: Rgba<u8> = Rgba([0xfa, 0xfb, 0xf6, u8::MAX]);

/// A picture that is turned, as one that stands and needs not be: a JPEG stays one, anything else becomes a PNG.
pub fn upright(bytes: &[u8], media_type: &str, orientation: u8) -> Result<Vec<u8>, ImageError> {
    let photograph = Photograph::read(bytes, media_type, orientation)?;
    if photograph.format == ImageFormat::Jpeg { photograph.jpeg() } else { photograph.png() }
}

/// A photograph taken apart into its pixels.
pub struct Photograph {
    pixels: DynamicImage,
    /// What its colors mean.
    profile: Option<Vec<u8>>,
    format: ImageFormat,
}

impl Photograph {
    /// Upright, where it says how it is turned; see [`exif`](super::image_file).
    pub fn read(bytes: &[u8], media_type: &str, orientation: u8) -> Result<Self, ImageError> {
        let format = ImageFormat::from_mime_type(media_type).unwrap_or(ImageFormat::Jpeg);
        let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
        let mut limits = Limits::default();
        limits.max_alloc = Some(MEMORY);
        reader.limits(limits);
        let mut decoder = reader.into_decoder()?;
        let profile = decoder.icc_profile().ok().flatten();
        let mut pixels = eight_bits(DynamicImage::from_decoder(decoder)?);
        if let Some(turned) = Orientation::from_exif(orientation) {
            pixels.apply_orientation(turned);
        }
        // That of a picture in other colors than those that were made of it would be wrong.
        let wanted: &[u8] = if pixels.color().has_color() { b"RGB " } else { b"GRAY" };
        let profile = profile.filter(|profile| profile.get(16..20) == Some(wanted));
        Ok(Self { pixels, profile, format })
    }

    pub fn reduce(&mut self, width: u32) {
        let (from, height) = (self.pixels.width().max(1), self.pixels.height());
        if from == width {
            return;
        }
        let high = |width: u32| {
            let high = (u64::from(height) * u64::from(width) + u64::from(from) / 2) / u64::from(from);
            u32::try_from(high).unwrap_or(u32::MAX).max(1)
        };
        // What cannot be seen has a color too, which is not to bleed into what can be.
        weigh(&mut self.pixels, |color, alpha| (color * alpha + 127) / 255);
        if from > 3 * width {
            // Coarsely at first, which takes little memory.
            self.pixels = self.pixels.thumbnail_exact(2 * width, high(2 * width));
        }
        self.pixels = self.pixels.resize_exact(width, high(width), FilterType::CatmullRom);
        weigh(&mut self.pixels, |color, alpha| (color * 255 + alpha / 2).checked_div(alpha).unwrap_or(0));
    }

    /// The same on a sheet of the site's paper.
    pub fn on_paper(&self) -> Self {
        let mut sheet = RgbaImage::from_pixel(self.pixels.width(), self.pixels.height(), PAPER);
        imageops::overlay(&mut sheet, &self.pixels, 0, 0);
        Self {
            pixels: DynamicImage::from(sheet).into_rgb8().into(),
            profile: self.profile.clone().filter(|_| self.pixels.color().has_color()),
            ..*self
        }
    }

    /// As JPEG; as PNG where something can be seen through, or where that takes little more.
    pub fn encoded(&self) -> Result<Vec<u8>, ImageError> {
        if self.format == ImageFormat::Jpeg {
            return self.jpeg();
        }
        let png = self.png()?;
        if self.pixels.color().has_alpha() {
            return Ok(png);
        }
        let jpeg = self.jpeg()?;
        Ok(if jpeg.len() < png.len() / 2 { jpeg } else { png })
    }

    fn jpeg(&self) -> Result<Vec<u8>, ImageError> {
        let mut bytes = Vec::new();
        self.write(JpegEncoder::new_with_quality(&mut bytes, QUALITY)).map(|()| bytes)
    }

    pub fn png(&self) -> Result<Vec<u8>, ImageError> {
        let mut bytes = Vec::new();
        self.write(PngEncoder::new(&mut bytes)).map(|()| bytes)
    }

    fn write(&self, mut encoder: impl ImageEncoder) -> Result<(), ImageError> {
        if let Some(profile) = &self.profile {
            // Where it cannot be written, the colors are nearly those.
            let _ = encoder.set_icc_profile(profile.clone());
        }
        self.pixels.write_with_encoder(encoder)
    }
}

/// Changes each color by what can be seen through it, from 0 to 255; nothing where all is opaque.
fn weigh(pixels: &mut DynamicImage, change: impl Fn(u32, u32) -> u32) {
    let Some(pixels) = pixels.as_mut_rgba8() else { return };
    for pixel in pixels.pixels_mut() {
        let [colors @ .., alpha] = &mut pixel.0;
        for color in colors {
            *color = u8::try_from(change((*color).into(), (*alpha).into())).unwrap_or(u8::MAX);
        }
    }
}

/// With eight bits for each color, and with transparency only where something can be seen through.
fn eight_bits(pixels: DynamicImage) -> DynamicImage {
    let color = pixels.color();
    if color.has_alpha() {
        let pixels = pixels.into_rgba8();
        if pixels.pixels().any(|pixel| pixel.0[3] != u8::MAX) {
            return pixels.into();
        }
        return DynamicImage::from(pixels).into_rgb8().into();
    }
    if color.has_color() { pixels.into_rgb8().into() } else { pixels.into_luma8().into() }
}
